package dev.gatehouse.gateway.analyze;

import dev.gatehouse.analyzer.Accounting;
import dev.gatehouse.analyzer.StatementAccount;
import dev.gatehouse.analyzer.catalog.CatalogReader;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What texts are read against: a database, or nothing.
 *
 * @param database its name; empty for none
 * @param username who asks it
 * @param searchPath the schemas in which its tables are looked for
 */
record Known(Accounting accounting, String database, String username, List<String> searchPath) {

    private static final String SESSION = "select current_database(), current_user, current_schemas(false)";

    Known {
        searchPath = List.copyOf(searchPath);
    }

    static Known nothing() {
        return new Known(new Accounting(Snapshot.EMPTY), "", "", List.of());
    }

    /**
     * Reads a catalog.
     *
     * @param place the URL of a database
     */
    static Known of(String place) {
        Dsn dsn = Dsn.of(place);
        try (Connection connection = DriverManager.getConnection(dsn.url(), dsn.properties());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SESSION)) {
            row.next();
            List<String> path = new ArrayList<>();
            Array schemas = row.getArray(3);
            for (Object schema : (Object[]) schemas.getArray()) {
                path.add((String) schema);
            }
            return new Known(new Accounting(CatalogReader.read(connection)), row.getString(1), row.getString(2), path);
        } catch (SQLException e) {
            throw new Failure(
                            ExitCode.UNREACHABLE,
                            "unreachable",
                            "the catalog of " + dsn.shown() + " cannot be read: " + e.getMessage(),
                            "a DSN is postgresql://user:password@host:port/database")
                    .because(e);
        }
    }

    List<StatementAccount> read(byte[] sql, Dialect dialect, boolean standardConformingStrings) {
        Modes modes = dialect == Dialect.POSTGRESQL
                ? new Modes.PostgreSql(standardConformingStrings)
                : new Modes.Unknown(dialect);
        return accounting.read(sql, new Scope("analyze", database, username, Optional.of(searchPath), modes));
    }
}
