package dev.gatehouse.analyzer.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Reads the catalog of a database, or of a whole MySQL server, over a connection to it. */
public final class CatalogReader {

    private CatalogReader() {}

    /**
     * Reads all that the connection's user may see.
     *
     * @param connection no transaction is open in it, before and after
     */
    public static Snapshot read(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> PgCatalogReader.read(connection);
            case "mysql", "mariadb" -> MySqlCatalogReader.read(connection);
            default -> throw new SQLException("the catalog of " + product + " cannot be read");
        };
    }
}
