package dev.gatehouse.gateway.demo;

import java.sql.SQLException;

/**
 * A database server with a small shop in it, started for a demo and stopped with it. Whoever connects must prove a password,
 * so that nobody passes the gateway by.
 */
interface Shop extends AutoCloseable {

    /** The name of the database. */
    String DATABASE = "shop";

    /** The logins the gateway has; each is a user of the server's. */
    String READER = "shop_ro";

    String WRITER = "shop_rw";

    /** Where it listens on 127.0.0.1. */
    int port();

    /** Asks the database itself, past the gateway, for one number. */
    long count(String sql) throws SQLException;

    /** Changes the database itself, past the gateway. */
    void change(String sql) throws SQLException;

    @Override
    void close();
}
