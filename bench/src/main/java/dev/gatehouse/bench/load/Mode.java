package dev.gatehouse.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * How a query is sent: the three ways of {@code pgbench -M}.
 *
 * <p>A pooler that hands the server's connections round by transaction may know nothing of prepared statements: then the
 * server says that one exists already, or does not, and {@link #PREPARED} prepares it wherever it is missing.
 */
public enum Mode {
    SIMPLE {
        @Override
        void write(ByteBuffer out, int account) {
            Frontend.query(out, "SELECT abalance FROM pgbench_accounts WHERE aid = " + account + ";");
        }
    },
    EXTENDED {
        @Override
        void write(ByteBuffer out, int account) {
            Frontend.parse(out, "", SELECT);
            run(out, "", account);
        }
    },
    PREPARED {
        @Override
        void prepare(PgConnection connection) throws IOException {
            connection.send(out -> {
                Frontend.parse(out, STATEMENT, SELECT);
                Frontend.sync(out);
            });
            try {
                connection.drain();
            } catch (ServerError e) {
                if (!e.is(ALREADY_PREPARED)) {
                    throw e;
                }
                connection.drain();
            }
        }

        @Override
        void ask(PgConnection connection, int account) throws IOException {
            for (int attempt = 1; ; attempt++) {
                try {
                    super.ask(connection, account);
                    return;
                } catch (ServerError e) {
                    if (!e.is(NOT_PREPARED) || attempt == ATTEMPTS) {
                        throw e;
                    }
                    connection.drain();
                    prepare(connection);
                }
            }
        }

        @Override
        void write(ByteBuffer out, int account) {
            run(out, STATEMENT, account);
        }
    };

    private static final String SELECT = "SELECT abalance FROM pgbench_accounts WHERE aid = $1;";
    private static final String STATEMENT = "P_0";
    private static final String ALREADY_PREPARED = "42P05";
    private static final String NOT_PREPARED = "26000";
    private static final int ATTEMPTS = 50;

    /** Does what a connection needs once before the first query. */
    void prepare(PgConnection connection) throws IOException {}

    /** Writes one query. */
    abstract void write(ByteBuffer out, int account);

    /** Sends one query and reads its answer. */
    void ask(PgConnection connection, int account) throws IOException {
        connection.send(out -> write(out, account));
        connection.drain();
    }

    /** The word of {@code pgbench -M}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    private static void run(ByteBuffer out, String statement, int account) {
        Frontend.bind(out, "", statement, List.of(Integer.toString(account)));
        Frontend.describe(out, 'P', "");
        Frontend.execute(out, "", 0);
        Frontend.sync(out);
    }
}
