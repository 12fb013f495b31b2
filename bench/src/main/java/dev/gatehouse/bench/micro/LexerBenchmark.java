package dev.gatehouse.bench.micro;

import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.firewall.statement.Modes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How fast text is cut into tokens: operations a second are megabytes a second, as the text has one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LexerBenchmark {

    private static final int MEGABYTE = 1_000_000;
    private static final String STATEMENT = """
            SELECT u.email, count(*) AS n /* how many */ FROM users u JOIN orders o ON o.uid = u.id
            WHERE lower(u.name) LIKE 'a%' AND o.total >= 12.50 -- the large ones
            GROUP BY u.email ORDER BY 2 DESC LIMIT 10;
            """;

    private final byte[] text = text();
    private final Modes.MySql modes = (Modes.MySql) Modes.MySql.of("9.4.0", "", 0);

    private static byte[] text() {
        byte[] text = STATEMENT.repeat(MEGABYTE / STATEMENT.length()).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, MEGABYTE);
        Arrays.fill(padded, text.length, MEGABYTE, (byte) ' ');
        return padded;
    }

    /** As PostgreSQL does. */
    @Benchmark
    public List<Token> postgreSql() {
        return PgLexer.read(text, true);
    }

    /** As MySQL does. */
    @Benchmark
    public List<Token> mySql() {
        return MySqlLexer.read(text, modes);
    }
}
