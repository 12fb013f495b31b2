package dev.gatehouse.analyzer.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Table;
import dev.gatehouse.testing.RealPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a real server's catalog, again and again while it changes. */
final class PgCatalogReaderTest {

    private static final String SCHEMA = """
            create schema hr;
            create table person (id int primary key, name text, twice int generated always as (id * 2) stored);
            create view names as select name from person;
            create view shouted as select upper(name) as name from names;
            create table review (person_id int, text text);
            create view reviews as select text from review;
            create type pair as (a int, b text);
            create function pairs() returns setof pair language sql as 'select 1, ''x''';
            create function twice(int) returns int language sql stable as 'select 2 * $1';
            create view doubled as select twice(id) as id from person;
            """;

    private final CatalogReader reader = new CatalogReader();
    private final Connection ours;
    private final Connection theirs;

    PgCatalogReaderTest() throws SQLException {
        String database = RealPostgres.shared().createDatabase();
        this.ours = RealPostgres.shared().connect(database);
        this.theirs = RealPostgres.shared().connect(database);
    }

    @BeforeEach
    void load() throws SQLException {
        execute(SCHEMA);
    }

    @AfterEach
    void close() throws SQLException {
        ours.close();
        theirs.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = theirs.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Relation relation(Snapshot snapshot, String name) {
        return Objects.requireNonNull(snapshot.relation(new Table("public", name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "create table extra (a int)",
                "drop view doubled",
                "alter table person add column mail text",
                "alter table person drop column twice cascade",
                "alter table person rename column name to called",
                "alter table review alter column person_id type bigint",
                "alter table person rename to people",
                "alter table review set schema hr",
                "alter schema hr rename to staff",
                "alter view names rename column name to called",
                "alter view names set (security_invoker = true)",
                "create or replace view names as select name || 'x' as name from person",
                "alter function twice(int) rename to double",
                "alter function twice(int) volatile",
                "alter function twice(int) set schema hr",
                "alter type pair add attribute c int",
                "create or replace function twice(int) returns int language sql immutable as 'select 2 * $1'",
                "create function pairs(int) returns pair language sql as 'select 1, ''x'''",
                "drop table person cascade",
                "create table child () inherits (person)",
                "alter table person drop column twice cascade; alter table person add column twice int "
                        + "generated always as (length(name)) stored"
            })
    void whatHasChangedIsReadAndNothingElseLost(String change) throws SQLException {
        Snapshot before = reader.read(ours);
        execute(change);

        Snapshot after = reader.read(ours);

        assertThat(after.sameAs(new CatalogReader().read(ours))).isTrue();
        assertThat(after.sameAs(before)).isEqualTo(change.equals("select 1"));
    }

    @Test
    void aViewWhoseTableIsLockedIsNotWaitedFor() throws SQLException {
        execute("begin; lock table person in access exclusive mode");

        Snapshot snapshot = reader.read(ours);

        assertThat(relation(snapshot, "names").view()).contains(PgViews.UNKNOWN);
        assertThat(relation(snapshot, "names").sort()).isEqualTo(Relation.Sort.VIEW);
        assertThat(relation(snapshot, "shouted").view()).isNotEqualTo(Optional.of(PgViews.UNKNOWN));
        assertThat(relation(snapshot, "reviews").view()).isNotEqualTo(Optional.of(PgViews.UNKNOWN));
        assertThat(relation(snapshot, "person").columns().stream().map(Attribute::name))
                .containsExactly("id", "name", "twice");
        assertThat(snapshot.isWhole()).isFalse();

        execute("rollback");
        assertThat(reader.read(ours).isWhole()).isTrue();
    }

    @Test
    void aViewThatWasReadStaysKnownWhileItIsLocked() throws SQLException {
        Snapshot before = reader.read(ours);
        execute("begin; create or replace view names as select name || 'x' as name from person");

        Snapshot during = reader.read(ours);

        assertThat(during.sameAs(before)).isTrue();
        execute("commit");
        assertThat(relation(reader.read(ours), "names").view().orElseThrow()).contains("||");
    }

    @Test
    void aLockThatSomebodyWaitsForIsNotWaitedForEither() throws Exception {
        execute("begin; select from person");
        try (Connection third = RealPostgres.shared().connect(theirs.getCatalog())) {
            Thread waiting = new Thread(() -> {
                try (Statement statement = third.createStatement()) {
                    statement.execute("begin; lock table person in access exclusive mode; commit");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            waiting.start();
            awaitALockThatIsWaitedFor();

            assertThat(reader.read(ours).isWhole()).isFalse();

            execute("commit");
            waiting.join();
        }
        assertThat(reader.read(ours).isWhole()).isTrue();
    }

    private void awaitALockThatIsWaitedFor() throws SQLException, InterruptedException {
        boolean waits = false;
        while (!waits) {
            Thread.sleep(10);
            try (Statement statement = theirs.createStatement();
                    var rows = statement.executeQuery("select exists (select from pg_locks where not granted)")) {
                rows.next();
                waits = rows.getBoolean(1);
            }
        }
    }

    @Test
    void anotherServersCatalogIsReadFromTheStart() throws SQLException {
        reader.read(ours);
        String other = RealPostgres.shared().createDatabase();
        try (Connection connection = RealPostgres.shared().connect(other)) {
            Snapshot snapshot = reader.read(connection);
            assertThat(snapshot.sameAs(new CatalogReader().read(connection))).isTrue();
            assertThat(snapshot.relation(new Table("public", "person"))).isNull();
            assertThat(snapshot.schemas()).containsAll(List.of("public", Snapshot.SYSTEM));
        }
    }
}
