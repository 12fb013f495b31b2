package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.firewall.statement.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the catalog of a database, or of a whole MySQL server, over a connection to it. Keeps what it has read, so that the
 * next time over the same connection takes no longer than what has changed.
 */
public final class CatalogReader {

    private final PgCatalogReader postgres = new PgCatalogReader();
    private final Set<Table> lockedInMariaDb = new HashSet<>();

    /**
     * Reads all that the connection's user may see.
     *
     * @param connection no transaction is open in it, before and after
     */
    public Snapshot read(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> postgres.read(connection);
            case "mysql", "mariadb" -> MySqlCatalogReader.read(connection, lockedInMariaDb);
            default -> throw new SQLException("the catalog of " + product + " cannot be read");
        };
    }
}
