package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import dev.gatehouse.testing.RealPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGResultSetMetaData;

/** Where PostgreSQL itself says a result's column comes from, the lineage must say so too. */
final class PgLineageOracleTest {

    private static final List<String> SCHEMA = List.of(
            "create schema hr",
            "create type address as (street text, city text)",
            "create table person (id int primary key, name text, email text, ssn text, salary numeric, boss int,"
                    + " home address, tags text[], extra jsonb, born date)",
            "create table hr.review (person_id int, body text, at timestamptz)",
            "create table orders (id int primary key, person_id int, total numeric, note text)",
            "create table gen (a text, b text generated always as (lower(a)) stored)",
            "create view contact as select id, lower(email) as mail, name from person",
            "create view plain as select id, email as mail from person",
            "create view deep as select p.mail, o.note from plain p join orders o on o.person_id = p.id",
            "create materialized view totals as select person_id, sum(total) as total from orders group by 1",
            "create table event (id int, who text, at date) partition by range (at)",
            "create table event_2026 partition of event for values from ('2026-01-01') to ('2027-01-01')",
            "create table animal (name text, legs int)",
            "create table dog (breed text) inherits (animal)",
            "create function people() returns setof person language sql stable as 'select * from person'",
            "create function mails(out id int, out mail text) returns setof record language sql stable as"
                    + " 'select id, email from person'");

    private static String database = "";
    private static Catalogs catalogs = new Catalogs(PgLineageOracleTest::upstream);
    private static CalciteAnalyzer analyzer = new CalciteAnalyzer(catalogs, 1);

    @BeforeAll
    static void load() throws SQLException {
        database = RealPostgres.shared().createDatabase();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String command : SCHEMA) {
                statement.execute(command);
            }
        }
    }

    @AfterAll
    static void close() {
        analyzer.close();
        catalogs.close();
    }

    private static Connection connect() throws SQLException {
        return RealPostgres.shared().connect(database);
    }

    private static Upstream upstream(String name) {
        RealPostgres server = RealPostgres.shared();
        return new Upstream(
                name,
                Dialect.POSTGRESQL,
                server.host(),
                server.port(),
                database,
                List.of(),
                new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                Map.of(),
                List.of(new Login("ro", server.username(), new Secret(server.password()))),
                0,
                Duration.ofMinutes(10));
    }

    static List<String> queries() throws IOException {
        return Oracle.lines("postgres-queries.sql");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void whatTheServerNamesIsAnOrigin(String query) throws SQLException {
        try (Connection connection = connect()) {
            Oracle oracle = new Oracle(analyzer, scope());
            assertThat(oracle.compare(query, describe(connection, query))).isNotEqualTo(Oracle.Verdict.MISSED);
        }
    }

    @Test
    void mostLineageIsExact() throws SQLException, IOException {
        Oracle oracle = new Oracle(analyzer, scope());
        try (Connection connection = connect()) {
            for (String query : queries()) {
                oracle.compare(query, describe(connection, query));
            }
        }
        assertThat(oracle.count(Oracle.Verdict.EXACT)).isGreaterThan(queries().size() * 9 / 10);
    }

    /** Every query of a file of JSON lines, against tables made from the same file. */
    @Test
    @EnabledIfSystemProperty(named = "gatehouse.corpus", matches = ".+")
    void noOriginIsMissedInAWholeCorpus() throws SQLException, IOException {
        List<String> texts = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines =
                Files.newBufferedReader(Path.of(System.getProperty("gatehouse.corpus")), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = json.readTree(line);
                texts.add(node.path("sql").asText());
            }
        }
        Oracle oracle = new Oracle(analyzer, scope());
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = '2s'");
            for (String text : texts) {
                if (text.stripLeading().regionMatches(true, 0, "create", 0, 6)) {
                    Oracle.tried(() -> statement.execute(text));
                }
            }
            catalogs.of("shop", database).changed();
            for (String text : texts) {
                List<Set<Column>> named = new ArrayList<>();
                boolean described = isQuery(text)
                        && Oracle.tried(() -> named.addAll(describe(connection, text.replaceAll(";\\s*$", ""))));
                if (described) {
                    oracle.compare(text, named);
                }
            }
        }
        System.out.println(oracle.report());
        assertThat(oracle.count(Oracle.Verdict.MISSED)).isZero();
    }

    private static boolean isQuery(String text) {
        return text.stripLeading().toLowerCase(Locale.ROOT).matches("(?s)(select|with|table|values|\\().*");
    }

    private static Scope scope() {
        return new Scope("shop", database, "app", Optional.of(List.of("$user", "public")), new Modes.PostgreSql(true));
    }

    /** For each column of the result, the base columns behind the one the server names; empty where it names none. */
    private static List<Set<Column>> describe(Connection connection, String query) throws SQLException {
        List<Set<Column>> columns = new ArrayList<>();
        Snapshot snapshot = catalogs.of("shop", database).fresh().join().snapshot();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            ResultSetMetaData result = statement.getMetaData();
            for (int i = 1; result != null && i <= result.getColumnCount(); i++) {
                PGResultSetMetaData base = result.unwrap(PGResultSetMetaData.class);
                Relation relation = snapshot.relation(new Table(base.getBaseSchemaName(i), base.getBaseTableName(i)));
                columns.add(relation == null ? Set.of() : origins(snapshot, relation, base.getBaseColumnName(i)));
            }
        }
        return columns;
    }

    private static Set<Column> origins(Snapshot snapshot, Relation relation, String name) {
        int number = relation.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .map(Attribute::number)
                .orElse(-1);
        Set<Column> origins = Views.of(snapshot).origins(relation.oid(), number);
        return origins == null ? Set.of(new Column(relation.table(), name)) : origins;
    }
}
