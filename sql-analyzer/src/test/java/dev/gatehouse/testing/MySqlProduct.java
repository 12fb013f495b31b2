package dev.gatehouse.testing;

/** The servers that speak MySQL's protocol. */
public enum MySqlProduct {
    MARIADB,
    MYSQL;

    /**
     * The server, started on first use.
     *
     * @throws org.opentest4j.TestAbortedException when there is none to be had
     */
    public MySqlServer server() {
        return switch (this) {
            case MARIADB -> RealMariaDb.shared();
            case MYSQL -> RealMySql.shared();
        };
    }
}
