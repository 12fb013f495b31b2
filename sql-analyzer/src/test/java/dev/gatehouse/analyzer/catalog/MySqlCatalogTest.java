package dev.gatehouse.analyzer.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Server.Product;
import dev.gatehouse.analyzer.catalog.Server.TableNames;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Effect.Volatility;
import dev.gatehouse.firewall.statement.Table;
import dev.gatehouse.testing.RealMariaDb;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the catalog of a real MariaDB tells. */
final class MySqlCatalogTest {

    private static final List<String> SCHEMA = List.of(
            "create table person (id int primary key, name varchar(40), email varchar(80), ssn char(9) invisible,"
                    + " mail_domain varchar(80) as (substring_index(`email`, '@', -1)) stored,"
                    + " shout varchar(80) as (upper(mail_domain)) virtual, `od``d` int)",
            "create table visit (id int, who int, badge varchar(80), upper_badge varchar(80) as (upper(badge)) stored,"
                    + " unique (badge(10), who), unique (upper_badge), constraint later check (id < who),"
                    + " foreign key (who) references person (id) on delete cascade)",
            "create table stamp (id int, visit varchar(80), foreign key (visit) references visit (upper_badge))",
            "create table part (id int, at int) partition by range (id + at) (partition low values less than (9))",
            "create view contact as select id, lower(email) as mail from person",
            "create sql security invoker view own as select ssn from person",
            "create sequence ticket",
            "create function secrets() returns text reads sql data return (select max(ssn) from person)",
            "create function twice(a int) returns int deterministic no sql return a * 2",
            "create function lower2(a text) returns text sql security invoker return lower(a)",
            "create procedure wipe() modifies sql data delete from person");

    private static String database = "";
    private static Catalogs catalogs = new Catalogs(MySqlCatalogTest::upstream);

    @BeforeAll
    static void load() throws SQLException {
        database = RealMariaDb.shared().createDatabase();
        for (String command : SCHEMA) {
            execute(command);
        }
    }

    @AfterAll
    static void close() {
        catalogs.close();
    }

    private static void execute(String command) throws SQLException {
        try (Connection connection = RealMariaDb.shared().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static Upstream upstream(String name) {
        RealMariaDb server = RealMariaDb.shared();
        return new Upstream(
                name,
                Dialect.MYSQL,
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

    private static Snapshot snapshot() {
        return catalogs.of("shop", database).fresh().join().snapshot();
    }

    private static Relation relation(String name) {
        return Objects.requireNonNull(snapshot().relation(new Table(database, name)));
    }

    @Test
    void theServerSaysWhatItIs() {
        Server server = snapshot().server();
        assertThat(server.product()).isEqualTo(Product.MARIADB);
        assertThat(server.version()).startsWith("11.4.");
        assertThat(server.tableNames()).isEqualTo(TableNames.EXACT);
        assertThat(server.sqlMode()).contains("STRICT_TRANS_TABLES");
        assertThat(snapshot().schemas()).contains(database, "mysql", "information_schema");
    }

    @Test
    void columnsAreInOrderWithWhatTheyAreGeneratedFrom() {
        List<Attribute> columns = relation("person").columns();
        assertThat(columns.stream().map(Attribute::name))
                .containsExactly("id", "name", "email", "ssn", "mail_domain", "shout", "od`d");
        assertThat(columns.stream().filter(Attribute::hidden).map(Attribute::name))
                .containsExactly("ssn");
        assertThat(columns.get(1).type()).isEqualTo("varchar(40)");
        assertThat(columns.get(4).sources()).containsExactly("email");
        assertThat(columns.get(5).sources()).containsExactly("email", "mail_domain");
        assertThat(columns.get(6).sources()).isEmpty();
    }

    @Test
    void whatIsComparedWhenRowsChangeIsKnown() {
        Table visit = new Table(database, "visit");
        assertThat(Compared.with(new Column(visit, "who"), true, snapshot()))
                .containsExactlyInAnyOrder(
                        new Column(visit, "badge"),
                        new Column(visit, "who"),
                        new Column(new Table(database, "person"), "id"));
        assertThat(Compared.with(new Column(visit, "id"), false, snapshot())).containsExactly(new Column(visit, "who"));
        assertThat(Compared.with(new Column(visit, "badge"), true, snapshot()))
                .containsExactlyInAnyOrder(
                        new Column(visit, "badge"), new Column(visit, "who"), new Column(visit, "upper_badge"));
        Table part = new Table(database, "part");
        assertThat(Compared.with(new Column(part, "id"), false, snapshot())).containsExactly(new Column(part, "at"));
        assertThat(Compared.with(new Column(part, "id"), true, snapshot())).isEmpty();
    }

    @Test
    void whatGoesAlongWithARowIsComparedToo() {
        Table visit = new Table(database, "visit");
        assertThat(Compared.without(new Table(database, "person"), snapshot()))
                .contains(
                        new Column(visit, "who"),
                        new Column(visit, "badge"),
                        new Column(new Table(database, "stamp"), "visit"));
        assertThat(Compared.without(new Table(database, "stamp"), snapshot())).isEmpty();
    }

    @Test
    void viewsComeWithTheirDefinitionAndWhoseRightsTheyRead() {
        assertThat(relation("contact").view().orElseThrow()).contains("lcase(", "`email`");
        assertThat(relation("contact").definer()).contains(RealMariaDb.shared().username() + "@%");
        assertThat(relation("own").definer()).isEmpty();
        assertThat(relation("ticket").sort()).isEqualTo(Relation.Sort.SEQUENCE);
    }

    @Test
    void routinesSayWhatTheyMayDo() {
        Snapshot snapshot = snapshot();
        assertThat(snapshot.volatility(null, "secrets")).isEqualTo(Volatility.STABLE);
        assertThat(snapshot.volatility(null, "twice")).isEqualTo(Volatility.IMMUTABLE);
        assertThat(snapshot.volatility(null, "wipe")).isEqualTo(Volatility.VOLATILE);
        assertThat(snapshot.volatility(null, "sleep")).isEqualTo(Volatility.VOLATILE);
        assertThat(snapshot.volatility(null, "nobody_knows")).isEqualTo(Volatility.UNKNOWN);
        assertThat(snapshot.routines("lower2").get(0).definer()).isEmpty();
        assertThat(snapshot.routines("secrets").get(0).definer()).isPresent();
        assertThat(snapshot.isBuiltIn(null, "lower")).isTrue();
        assertThat(snapshot.isBuiltIn(null, "secrets")).isFalse();
        assertThat(snapshot.isBuiltIn(database, "lower")).isFalse();
    }

    @Test
    void aChangeIsSeenOnceItIsSaid() throws SQLException {
        assertThat(snapshot().relation(new Table(database, "late"))).isNull();
        execute("create table late (a int)");
        catalogs.of("shop", "another database of the same server").changed();
        assertThat(relation("late").columns()).hasSize(1);
        execute("drop table late");
    }

    /** MariaDB holds a table that it fills, for as long as that takes; who waits for the catalog must not wait for that. */
    @Test
    void aTableThatIsLockedIsNotWaitedFor() throws Exception {
        Table slow = new Table(database, "slow");
        try (Connection door = RealMariaDb.shared().connect(database);
                Statement keeper = door.createStatement();
                Connection catalog = RealMariaDb.shared().connect(database)) {
            keeper.execute("create view over_person as select id from person");
            keeper.execute("do get_lock('door', 0)");
            CompletableFuture<Void> filling = CompletableFuture.runAsync(() -> {
                try {
                    execute("create or replace table slow as select get_lock('door', 60) as held");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (!isFilling(keeper)) {
                Thread.sleep(10);
            }
            Snapshot meanwhile = new CatalogReader().read(catalog);
            assertThat(isFilling(keeper)).isTrue();
            assertThat(meanwhile.relation(slow)).isNull();
            assertThat(meanwhile.relation(new Table(database, "over_person"))).isNotNull();
            assertThat(meanwhile.isWhole()).isFalse();
            keeper.execute("do release_lock('door')");
            filling.join();
            Snapshot afterwards = new CatalogReader().read(catalog);
            assertThat(afterwards.relation(slow)).isNotNull();
            assertThat(afterwards.isWhole()).isTrue();
            keeper.execute("drop view over_person");
            keeper.execute("drop table slow");
        }
    }

    private static boolean isFilling(Statement asking) throws SQLException {
        try (ResultSet rows = asking.executeQuery(
                "select count(*) from information_schema.processlist where info like 'create or replace table slow%' and state = 'User lock'")) {
            rows.next();
            return rows.getInt(1) == 1;
        }
    }

    @Test
    void itCanBeWrittenDownAndReadAgain() throws IOException {
        StringWriter file = new StringWriter();
        CatalogWriter.write(snapshot(), file);
        assertThat(CatalogFile.read(new StringReader(file.toString())).sameAs(snapshot()))
                .isTrue();
    }
}
