package dev.gatehouse.bench.load;

/**
 * How a client gets in: where to, and as whom.
 *
 * @param host a name or address
 * @param port the TCP port
 * @param user the login
 * @param password its password; unused where the server trusts
 * @param database the database
 */
public record Access(String host, int port, String user, String password, String database) {

    /** The same login on another port of the loopback. */
    public Access through(int otherPort) {
        return new Access("127.0.0.1", otherPort, user, password, database);
    }

    /** Another database at the same place. */
    public Access database(String other) {
        return new Access(host, port, user, password, other);
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
