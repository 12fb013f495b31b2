package dev.gatehouse.testing;

import java.io.IOException;
import java.sql.SQLException;
import org.opentest4j.TestAbortedException;

/** A server of a test's own that speaks MySQL's protocol: it can be killed or made to stand still, and started again. */
public final class MortalMySql implements MySqlServer, AutoCloseable {

    private final int port;
    private final ServerProcess process;

    private MortalMySql(boolean mariaDb) throws IOException {
        this.port = ServerProcess.freePort();
        this.process = mariaDb
                ? MariaDbBinaries.start(port, administrator())
                : MySqlBinaries.start(MySqlBinaries.folder(), port, administrator());
    }

    /** A MariaDB that lets in. */
    public static MortalMySql mariaDb() throws IOException, SQLException {
        return answering(new MortalMySql(true));
    }

    /**
     * A MySQL that lets in.
     *
     * @throws TestAbortedException when its binaries are not here
     */
    public static MortalMySql mySql() throws IOException, SQLException {
        if (!MySqlBinaries.areIn(MySqlBinaries.folder())) {
            throw new TestAbortedException("SKIPPED: no MySQL in " + MySqlBinaries.folder());
        }
        return answering(new MortalMySql(false));
    }

    private static MortalMySql answering(MortalMySql server) throws SQLException {
        server.process.await(server);
        return server;
    }

    /** Sends its process a signal, by name. */
    public void signal(String name) throws IOException {
        process.signal(name);
    }

    /** Starts it again on the same data, once it has ended, and waits until it lets in. */
    public void startAgain() throws IOException, SQLException {
        process.startAgain();
        process.await(this);
    }

    /** Starts it again if it is dead, as a test leaves it that has failed. */
    public void raise() throws IOException, SQLException {
        if (!process.isAlive()) {
            startAgain();
        }
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.stop();
    }
}
