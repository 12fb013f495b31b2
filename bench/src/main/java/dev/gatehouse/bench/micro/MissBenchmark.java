package dev.gatehouse.bench.micro;

import dev.gatehouse.analyzer.Accounting;
import dev.gatehouse.analyzer.StatementAccount;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to read a statement of a new shape, on one thread and without a catalog. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MissBenchmark {

    /** What is read. */
    public enum Text {
        PGBENCH_SELECT("SELECT abalance FROM pgbench_accounts WHERE aid = 4711"),
        PGBENCH_UPDATE("UPDATE pgbench_accounts SET abalance = abalance + 42 WHERE aid = 4711"),
        PGBENCH_INSERT(
                "INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (1, 2, 3, 4, CURRENT_TIMESTAMP)"),
        HUNDRED_ROWS("INSERT INTO t (a, b, c) VALUES (1, 'one', 1.5)" + ", (2, 'two', 2.5)".repeat(99)),
        TPCH_Q01(
                "select l_returnflag, l_linestatus, sum(l_quantity) as sum_qty, sum(l_extendedprice) as sum_base_price,"
                        + " sum(l_extendedprice * (1 - l_discount)) as sum_disc_price,"
                        + " sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)) as sum_charge, avg(l_quantity) as avg_qty,"
                        + " avg(l_extendedprice) as avg_price, avg(l_discount) as avg_disc, count(*) as count_order"
                        + " from lineitem where l_shipdate <= date '1998-12-01' - interval '90' day"
                        + " group by l_returnflag, l_linestatus order by l_returnflag, l_linestatus"),
        SET("SET application_name = 'bench'"),
        EXPLAIN("EXPLAIN SELECT abalance FROM pgbench_accounts WHERE aid = 4711"),
        CREATE_TABLE(
                "CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL DEFAULT 'x', o int REFERENCES orders (id))"),
        VACUUM("VACUUM (ANALYZE) pgbench_accounts");

        private final String sql;

        Text(String sql) {
            this.sql = sql;
        }
    }

    @Param
    private Text text = Text.PGBENCH_SELECT;

    private final Accounting accounting = new Accounting(Snapshot.EMPTY);
    private final Scope scope =
            new Scope("bench", "bench", "bench", Optional.of(List.of("public")), new Modes.PostgreSql(true));

    /** Makes sure that it is understood, and says by whom. */
    @Setup
    public void check() {
        StatementAccount account = read().get(0);
        if (!(account.analysis() instanceof Analysis.Understood)) {
            throw new IllegalStateException(text + " is not understood: " + account);
        }
        System.err.println(text + " is read by " + account.layer());
    }

    /** Reads it. */
    @Benchmark
    public List<StatementAccount> read() {
        return accounting.read(text.sql.getBytes(StandardCharsets.UTF_8), scope);
    }
}
