package dev.gatehouse.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** How a query is sent: the three ways of {@code pgbench -M}. */
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
            connection.drain();
        }

        @Override
        void write(ByteBuffer out, int account) {
            run(out, STATEMENT, account);
        }
    };

    private static final String SELECT = "SELECT abalance FROM pgbench_accounts WHERE aid = $1;";
    private static final String STATEMENT = "P_0";

    /** Does what a connection needs once before the first query. */
    void prepare(PgConnection connection) throws IOException {}

    /** Writes one query. */
    abstract void write(ByteBuffer out, int account);

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
