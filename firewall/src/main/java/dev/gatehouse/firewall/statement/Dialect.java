package dev.gatehouse.firewall.statement;

/** The SQL dialects and, with them, the protocols the gateway speaks. */
public enum Dialect {
    POSTGRESQL,
    MYSQL
}
