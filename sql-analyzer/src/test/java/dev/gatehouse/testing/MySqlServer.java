package dev.gatehouse.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A real server that speaks MySQL's protocol, for tests that hold on more than one product. */
public interface MySqlServer {

    /** The server's address. */
    String host();

    /** The server's TCP port. */
    int port();

    /** The administrator's name. */
    default String username() {
        return "admin";
    }

    /** The administrator's password. */
    default String password() {
        return "an administrator's password";
    }

    /** What makes the administrator. */
    default String[] administrator() {
        String password = "'" + password().replace("'", "''") + "'";
        return new String[] {
            "create user if not exists " + username() + "@'%' identified by " + password,
            "grant all on *.* to " + username() + "@'%' with grant option",
        };
    }

    /**
     * Makes a new, empty database.
     *
     * @return its name
     */
    default String createDatabase() throws SQLException {
        String name = "test_" + Long.toHexString(System.nanoTime());
        try (Connection connection = connect("mysql");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return name;
    }

    /** Opens a connection as the administrator. */
    default Connection connect(String database) throws SQLException {
        return connect(database, username(), password());
    }

    /** Opens a connection as somebody. */
    default Connection connect(String database, String username, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("allowPublicKeyRetrieval", "true");
        return connect(database, properties);
    }

    /** Opens a connection with settings of the driver. */
    default Connection connect(String database, Properties properties) throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://" + host() + ":" + port() + "/" + database, properties);
    }
}
