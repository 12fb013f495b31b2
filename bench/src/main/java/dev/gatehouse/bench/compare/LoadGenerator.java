package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import dev.gatehouse.bench.load.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The load generator's process, given orders and asked for what came of them. Used by one thread. */
final class LoadGenerator implements AutoCloseable {

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private LoadGenerator(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it. */
    static LoadGenerator start() throws IOException {
        return new LoadGenerator(Children.converse(
                Children.java(List.of("-Xmx256m", "-XX:+UseSerialGC"), "dev.gatehouse.bench.Main", "load")));
    }

    /** Logs some clients in. */
    void open(Access access, Mode mode, int clients) throws IOException {
        order("open " + words(access) + " " + mode.word() + " " + clients, "ready");
    }

    /** Runs queries as fast as they go; answers the seconds it took. */
    double rush(long queries) throws IOException {
        return Double.parseDouble(order("rush " + queries, "rushed")[2]);
    }

    /** Runs queries at a rate. */
    Latency pace(int perSecond, int seconds) throws IOException {
        String[] answer = order("pace " + perSecond + " " + seconds, "paced");
        return new Latency(Double.parseDouble(answer[2]) / 1000, Double.parseDouble(answer[3]) / 1000);
    }

    /** Logs the clients out. */
    void dismiss() throws IOException {
        order("close", "closed");
    }

    /** Logs in and out again, one after the other. */
    void churn(Access access, int logins) throws IOException {
        order("churn " + words(access) + " " + logins, "churned");
    }

    /** Drains one big answer. */
    Streamed stream(Access access, String sql) throws IOException {
        String[] answer = order("stream " + words(access) + " " + sql, "streamed");
        return new Streamed(Long.parseLong(answer[1]), Long.parseLong(answer[2]), Double.parseDouble(answer[3]));
    }

    @Override
    public void close() throws IOException {
        orders.close();
        Children.end(process);
    }

    /** Latency of a paced run, in microseconds. */
    record Latency(double p50, double p99) {}

    /** A drained answer. */
    record Streamed(long rows, long bytes, double seconds) {}

    private String[] order(String line, String expected) throws IOException {
        orders.write(line + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null || !answer.startsWith(expected)) {
            throw new IOException("the load generator answers: " + answer);
        }
        return answer.split(" ", -1);
    }

    private static String words(Access access) {
        return access.host() + " " + access.port() + " " + access.user() + " " + access.password() + " "
                + access.database();
    }
}
