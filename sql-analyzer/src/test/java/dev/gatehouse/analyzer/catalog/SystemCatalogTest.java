package dev.gatehouse.analyzer.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Effect.Volatility;
import dev.gatehouse.firewall.statement.Table;
import dev.gatehouse.testing.RealPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalogs that are written down, and what is added to them. */
final class SystemCatalogTest {

    private static final Path SHIPPED = Path.of("src/main/resources/dev/gatehouse/analyzer/catalog/postgresql-18.json");

    private static Snapshot read(String json) throws IOException {
        return CatalogFile.read(new StringReader(json));
    }

    private static Snapshot real() throws SQLException {
        RealPostgres server = RealPostgres.shared();
        try (Connection connection = server.connect(server.createDatabase())) {
            return new CatalogReader().read(connection);
        }
    }

    /** The server's own part of a snapshot, without what differs between servers of a version. */
    private static Snapshot ownPart(Snapshot snapshot) {
        List<Relation> relations = snapshot.relations().stream()
                .filter(snapshot::isSystem)
                .sorted(Comparator.comparing(relation -> relation.table().toString()))
                .map(relation -> new Relation(
                        relation.table().schema().equals(Snapshot.SYSTEM) ? relation.oid() : 0,
                        relation.table(),
                        relation.sort(),
                        relation.columns().stream()
                                .map(column -> new Attribute(column.number(), column.name()))
                                .toList(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()))
                .toList();
        List<Routine> routines = snapshot.routines().stream()
                .filter(routine -> snapshot.server().isSystem(routine.schema()))
                .distinct()
                .toList();
        return new Snapshot(Server.POSTGRESQL, Set.of(Snapshot.SYSTEM, "information_schema"), relations, routines);
    }

    /** Run with {@code -Dcatalog.update} to write what the server says. */
    @Test
    void whatIsShippedOfPostgresIsWhatTheServerSays() throws SQLException, IOException {
        StringWriter written = new StringWriter();
        CatalogWriter.write(ownPart(real()), written);
        if (System.getProperty("catalog.update") != null) {
            Files.writeString(SHIPPED, written.toString(), StandardCharsets.UTF_8);
        }
        Snapshot shipped = read(Files.readString(SHIPPED, StandardCharsets.UTF_8));
        Snapshot real = ownPart(real());
        assertThat(new HashSet<>(shipped.routines())).isEqualTo(new HashSet<>(real.routines()));
        assertThat(columns(shipped)).isEqualTo(columns(real));
    }

    private static Set<List<Object>> columns(Snapshot snapshot) {
        Set<List<Object>> columns = new HashSet<>();
        for (Relation relation : snapshot.relations()) {
            columns.add(List.of(relation.table(), relation.columns()));
        }
        return columns;
    }

    @Test
    void aCatalogByHandNamesNoMoreThanItsOwnTables() throws IOException {
        Snapshot snapshot = read("""
                {"relations": [
                  {"schema": "public", "name": "users", "columns": ["id", {"name": "email", "type": "text"}]},
                  {"schema": "public", "name": "mails", "columns": ["mail"], "view": "SELECT users.email FROM users"}],
                 "routines": [{"schema": "public", "name": "all_emails", "volatility": "stable", "rows": true}]}
                """);
        Relation users = Objects.requireNonNull(snapshot.relation(new Table("public", "users")));
        assertThat(users.columns())
                .containsExactly(new Attribute(1, "id"), new Attribute(2, "email", "text", false, List.of()));
        assertThat(Objects.requireNonNull(snapshot.relation(new Table("public", "mails")))
                        .sort())
                .isEqualTo(Relation.Sort.VIEW);
        assertThat(snapshot.schemas()).contains("public", "pg_catalog");
        assertThat(snapshot.relation(new Table("pg_catalog", "pg_class"))).isNotNull();
        assertThat(snapshot.isBuiltIn(null, "lower")).isTrue();
        assertThat(snapshot.volatility(null, "lower")).isEqualTo(Volatility.IMMUTABLE);
        assertThat(snapshot.volatility(null, "all_emails")).isEqualTo(Volatility.STABLE);
        assertThat(snapshot.isBuiltIn(null, "all_emails")).isFalse();
    }

    @Test
    void mysqlsFunctionsNeedNoMention() throws IOException {
        Snapshot snapshot = read("""
                {"server": {"product": "mysql", "table_names": "lowered"},
                 "relations": [{"schema": "shop", "name": "users", "columns": ["id"]}]}
                """);
        assertThat(snapshot.isBuiltIn(null, "concat")).isTrue();
        assertThat(snapshot.relation(new Table("Shop", "USERS"))).isNotNull();
        assertThat(snapshot.relation(new Table("pg_catalog", "pg_class"))).isNull();
    }

    @Test
    void aRealCatalogIsTheSameAfterItWasWrittenDown() throws SQLException, IOException {
        Snapshot real = real();
        StringWriter file = new StringWriter();
        CatalogWriter.write(real, file);
        assertThat(read(file.toString()).sameAs(real)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"tables\": []}",
                "{\"relations\": {}}",
                "{\"relations\": [1]}",
                "{\"relations\": [{\"name\": \"users\"}]}",
                "{\"relations\": [{\"schema\": \"public\", \"name\": \"users\", \"colums\": []}]}",
                "{\"relations\": [{\"schema\": \"public\", \"name\": \"users\", \"columns\": [1]}]}",
                "{\"relations\": [{\"schema\": \"public\", \"name\": \"users\", \"sort\": \"thing\"}]}",
                "{\"server\": {\"product\": \"oracle\"}}",
                "{\"schemas\": [1]}",
                "{\"schemas\": [], \"schemas\": []}"
            })
    void whatIsNoCatalogIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }
}
