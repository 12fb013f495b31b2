package dev.gatehouse.gateway.analyze;

import dev.gatehouse.analyzer.catalog.CatalogFile;
import dev.gatehouse.analyzer.catalog.CatalogReader;
import dev.gatehouse.analyzer.catalog.Servers;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a catalog from where {@code --catalog} says. */
final class CatalogPlace {

    private static final String POSTGRESQL_SESSION =
            "select current_database(), current_user, array_to_string(current_schemas(false), e'\\n')";
    private static final String MYSQL_SESSION = "select database(), current_user(), database()";
    private static final Set<String> PUBLIC = Set.of("public");

    private CatalogPlace() {}

    /** @param place the URL of a database, or the name of a file */
    static Known read(String place) {
        return place.contains("://") ? database(Dsn.of(place)) : file(Path.of(place));
    }

    /** Asks an upstream, as a session with that login would see it. */
    static Known read(Upstream upstream, String database, Login login) {
        Upstream one = new Upstream(
                upstream.name(),
                upstream.dialect(),
                upstream.host(),
                upstream.port(),
                upstream.defaultDatabase(),
                upstream.databases(),
                upstream.tls(),
                upstream.labels(),
                List.of(login),
                upstream.maxConnections(),
                upstream.schemaRefresh());
        try (Connection connection = Servers.of(one, database).getConnection()) {
            return database(connection, upstream.dialect() == Dialect.POSTGRESQL);
        } catch (SQLException e) {
            throw new Failure(
                            ExitCode.UNREACHABLE,
                            "unreachable",
                            "the catalog of " + upstream.name() + "/" + database + " cannot be read: " + e.getMessage(),
                            "--catalog FILE asks no server")
                    .because(e);
        }
    }

    private static Known database(Connection connection, boolean postgres) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(postgres ? POSTGRESQL_SESSION : MYSQL_SESSION)) {
            row.next();
            String database = text(row.getString(1));
            String username = text(row.getString(2));
            List<String> path = text(row.getString(3)).lines().toList();
            return Known.of(new CatalogReader().read(connection), database, username, path);
        }
    }

    private static Known database(Dsn dsn) {
        try (Connection connection = DriverManager.getConnection(dsn.url(), dsn.properties())) {
            return database(connection, dsn.isPostgres());
        } catch (SQLException e) {
            throw new Failure(
                            ExitCode.UNREACHABLE,
                            "unreachable",
                            "the catalog of " + dsn.shown() + " cannot be read: " + e.getMessage(),
                            "a DSN is postgresql://user:password@host:port/database, or mysql://…")
                    .because(e);
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Known file(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Snapshot snapshot = CatalogFile.read(reader);
            boolean mysql = snapshot.server().product().dialect() == Dialect.MYSQL;
            Stream<String> schemas = snapshot.schemas().stream()
                    .filter(schema -> !snapshot.server().isSystem(schema));
            Set<String> places = mysql ? schemas.collect(Collectors.toSet()) : PUBLIC;
            String database = mysql && places.size() == 1 ? places.iterator().next() : "";
            return Known.of(snapshot, database, "", List.copyOf(places));
        } catch (NoSuchFileException e) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "not_found",
                    "there is no file " + file,
                    "--catalog takes a file, or postgresql://user:password@host:port/database");
        } catch (IOException e) {
            throw new Failure(
                            ExitCode.INVALID,
                            "invalid",
                            "the catalog " + file + " cannot be read: " + e.getMessage(),
                            "docs/catalog-file.md says what is in it")
                    .because(e);
        }
    }
}
