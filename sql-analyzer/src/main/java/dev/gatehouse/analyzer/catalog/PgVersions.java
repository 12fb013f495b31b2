package dev.gatehouse.analyzer.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the versions of a sort of objects. Those of the objects that every new database has are asked for once: only
 * who writes to system catalogs by hand changes them.
 */
final class PgVersions {

    /** Objects below were made when the server's files were (FirstNormalObjectId). */
    private static final long FIRST_OF_USERS = 16384;

    private final String sql;
    private final Map<Long, String> system = new HashMap<>();

    /** @param sql gives the {@code oid} and the version of all objects from a given {@code oid} on */
    PgVersions(String sql) {
        this.sql = sql;
    }

    /** The version of each object, by its {@code oid}. */
    Map<Long, String> read(Connection connection) throws SQLException {
        Map<Long, String> versions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, system.isEmpty() ? 0 : FIRST_OF_USERS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    versions.put(rows.getLong(1), String.valueOf(rows.getString(2)));
                }
            }
        }
        versions.putAll(system);
        if (system.isEmpty()) {
            versions.forEach((oid, version) -> {
                if (oid < FIRST_OF_USERS) {
                    system.put(oid, version);
                }
            });
        }
        return versions;
    }

    void forget() {
        system.clear();
    }
}
