package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import dev.gatehouse.testing.MySqlProduct;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where the server itself says a result's column comes from, the lineage must say so too; and where a value comes back that
 * tells which column it stood in, so must it.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_column_definition.html">Column
 *     Definition: org_table, org_name</a>
 */
@ParameterizedClass
@EnumSource(MySqlProduct.class)
final class MySqlLineageOracleTest {

    /** Each text value says where it stands. */
    private static final List<String> SCHEMA = List.of(
            "create table person (id int primary key, name varchar(40), email varchar(40), ssn varchar(40),"
                    + " salary decimal(9, 2), boss int, extra json, born date)",
            "create table {hr}.review (id int, body varchar(40), stamp datetime)",
            "create table orders (id int primary key, person_id int, total decimal(9, 2), note varchar(40))",
            "create table archive (id int primary key, name varchar(40), email varchar(40))",
            "create table gen (a varchar(40), b varchar(40) as (lower(a)) stored)",
            "create table vault (id int, open varchar(40), secret varchar(40) invisible)",
            "create table event (id int, who varchar(40)) partition by range (id)"
                    + " (partition p0 values less than (2), partition p1 values less than maxvalue)",
            "create view contact as select id, lower(email) as mail, name from person",
            "create view plain as select id, email as mail from person",
            "create view deep as select p.mail, o.note from plain p join orders o on o.person_id = p.id",
            "create view totals as select person_id, sum(total) as total from orders group by person_id",
            "create view everyone as select name as word from person union select note from orders",
            "create view star as select * from person",
            "create view renamed (a, b) as select ssn, email from person",
            "create view nested as select x from (select ssn as x from person) d",
            "create view foreign_view as select body as mail from {hr}.review",
            "create algorithm = temptable view limited as select email as mail from person");

    private static final List<String> MARIADB_SCHEMA =
            List.of("create table past (id int, email varchar(40)) with system versioning", "create sequence ticket");

    private static final List<String> ROWS = List.of(
            "insert into person values (#, 'person.name#', 'person.email#', 'person.ssn#', #, nullif(# - 1, 0),"
                    + " '{\"k\": \"person.extra#\"}', '2000-01-0#')",
            "insert into {hr}.review values (#, 'review.body#', '2020-01-01')",
            "insert into orders values (#, #, #, 'orders.note#')",
            "insert into archive values (#, 'archive.name#', 'archive.email#')",
            "insert into gen (a) values ('gen.a#')",
            "insert into vault (id, open, secret) values (#, 'vault.open#', 'vault.secret#')",
            "insert into event values (#, 'event.who#')");

    private static final List<String> MARIADB_ROWS = List.of("insert into past (id, email) values (#, 'past.email#')");

    private static final MySqlSites SITES = new MySqlSites(MySqlLineageOracleTest::fill);

    private final MySqlSite site;
    private final String hr;

    MySqlLineageOracleTest(MySqlProduct product) throws SQLException {
        site = SITES.on(product);
        hr = site.database() + "_hr";
    }

    private static void fill(MySqlSite site) throws SQLException {
        String hr = site.database() + "_hr";
        try (Connection connection = site.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + hr);
            for (String command : here(site, SCHEMA, MARIADB_SCHEMA)) {
                statement.execute(command.replace("{hr}", hr));
            }
            for (String row : here(site, ROWS, MARIADB_ROWS)) {
                for (int i = 1; i <= 3; i++) {
                    statement.execute(row.replace("{hr}", hr)
                            .replace("#'", "#" + i + "'")
                            .replace("#\"", "#" + i + "\"")
                            .replaceAll("#(?!\\d)", Integer.toString(i)));
                }
            }
        }
    }

    @AfterAll
    static void close() {
        SITES.close();
    }

    /** What holds on both products, and on MariaDB what holds only there. */
    private static List<String> here(MySqlSite site, List<String> both, List<String> mariaDb) {
        return Stream.concat(both.stream(), site.product() == MySqlProduct.MARIADB ? mariaDb.stream() : Stream.of())
                .toList();
    }

    private List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>(Oracle.lines("mysql-queries.sql"));
        queries.addAll(
                Oracle.lines(site.product() == MySqlProduct.MYSQL ? "mysql9-queries.sql" : "mariadb-queries.sql"));
        queries.replaceAll(query -> query.replace("{hr}", hr));
        return queries;
    }

    @Test
    void theDriverTellsTheOriginsAndNotTheAliases() throws SQLException {
        try (Connection connection = site.connect("")) {
            List<Set<Column>> named = named(connection, "select a.ssn as email from person as a");
            assertThat(named).containsExactly(Set.of(Column.of(site.database(), "person", "ssn")));
        }
    }

    @Test
    void whatTheServerShowsIsAnOriginWhereItNamesAnother() throws SQLException, IOException {
        Oracle oracle = new Oracle(site.analyzer(), site.scope(""));
        List<String> queries = Oracle.lines("mysql-shadows.sql");
        try (Connection connection = site.connect("")) {
            for (String query : queries) {
                oracle.compare(query, shown(connection, query));
            }
        }
        assertThat(oracle.count(Oracle.Verdict.EXACT)).as(oracle.report()).isEqualTo(queries.size());
    }

    @Test
    void whatTheServerNamesOrShowsIsAnOrigin() throws SQLException, IOException {
        Oracle oracle = new Oracle(site.analyzer(), site.scope(""));
        List<String> refused = new ArrayList<>();
        long columnsNamed = 0;
        long columnsShown = 0;
        try (Connection connection = site.connect("")) {
            connection.setAutoCommit(false);
            for (String query : queries()) {
                try {
                    List<Set<Column>> named = named(connection, query);
                    columnsNamed +=
                            named.stream().filter(columns -> !columns.isEmpty()).count();
                    List<Set<Column>> shown = shown(connection, query);
                    columnsShown +=
                            shown.stream().filter(columns -> !columns.isEmpty()).count();
                    oracle.compare(query, both(named, shown));
                } catch (SQLException e) {
                    refused.add(query + ": " + e.getMessage());
                }
                connection.rollback();
            }
        }
        System.out.println("columns the server named: " + columnsNamed + ", showed: " + columnsShown);
        System.out.println(oracle.report());
        assertThat(refused).as("refused by the server").isEmpty();
        assertThat(oracle.of(Oracle.Verdict.MISSED)).as("missed").isEmpty();
        assertThat(oracle.of(Oracle.Verdict.MISCOUNTED)).as("miscounted").isEmpty();
        assertThat(oracle.count(Oracle.Verdict.EXACT)).isGreaterThan(queries().size() * 9 / 10);
        assertThat(columnsNamed).isGreaterThan(queries().size());
        assertThat(columnsShown).isGreaterThan(queries().size());
    }

    private static List<Set<Column>> both(List<Set<Column>> named, List<Set<Column>> shown) {
        List<Set<Column>> both = new ArrayList<>();
        for (int i = 0; i < Math.max(named.size(), shown.size()); i++) {
            Set<Column> columns = new HashSet<>(i < named.size() ? named.get(i) : Set.of());
            columns.addAll(i < shown.size() ? shown.get(i) : Set.of());
            both.add(columns);
        }
        return both;
    }

    /** For each column of the result, the base columns behind the one the server names; empty where it names none. */
    private List<Set<Column>> named(Connection connection, String query) throws SQLException {
        List<Set<Column>> columns = new ArrayList<>();
        Snapshot snapshot = site.snapshot();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            ResultSetMetaData result = statement.getMetaData();
            for (int i = 1; result != null && i <= result.getColumnCount(); i++) {
                Relation relation = snapshot.relation(new Table(result.getCatalogName(i), result.getTableName(i)));
                columns.add(relation == null ? Set.of() : origins(snapshot, relation, result.getColumnName(i)));
            }
        }
        return columns;
    }

    private static Set<Column> origins(Snapshot snapshot, Relation relation, String name) {
        List<Field> fields = Views.of(snapshot).reading(relation).rows().fields();
        for (int i = 0; i < relation.columns().size(); i++) {
            if (relation.columns().get(i).name().equalsIgnoreCase(name)) {
                Set<Column> origins = new HashSet<>(fields.get(i).trace().columns());
                origins.add(
                        new Column(relation.table(), relation.columns().get(i).name()));
                return origins;
            }
        }
        return Set.of();
    }

    /** For each column of the result, the base columns whose values come back in it. */
    private List<Set<Column>> shown(Connection connection, String query) throws SQLException {
        List<Set<String>> marks = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(query)) {
                ResultSet rows = statement.getResultSet();
                int count = rows.getMetaData().getColumnCount();
                for (int i = 0; i < count; i++) {
                    marks.add(new TreeSet<>());
                }
                while (rows.next()) {
                    for (int i = 0; i < count; i++) {
                        Truth.find(rows.getString(i + 1), marks.get(i));
                    }
                }
            }
        }
        return marks.stream().map(this::columns).toList();
    }

    private Set<Column> columns(Set<String> marks) {
        Set<Column> columns = new HashSet<>();
        for (String mark : marks) {
            String[] parts = mark.split("\\.", 2);
            columns.add(Column.of(parts[0].equals("review") ? hr : site.database(), parts[0], parts[1]));
        }
        return columns;
    }
}
