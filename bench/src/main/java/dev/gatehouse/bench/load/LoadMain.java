package dev.gatehouse.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * {@code bench load}: the load generator as a process of its own, told what to do line by line on its standard input.
 *
 * <pre>
 *   open HOST PORT USER PASSWORD DATABASE MODE CLIENTS   → ready
 *   rush QUERIES                                         → rushed QUERIES SECONDS
 *   pace PER_SECOND SECONDS                              → paced QUERIES P50_NANOS P99_NANOS
 *   close                                                → closed
 *   stream HOST PORT USER PASSWORD DATABASE SQL…         → streamed ROWS BYTES SECONDS
 *   churn HOST PORT USER PASSWORD DATABASE LOGINS        → churned LOGINS SECONDS
 * </pre>
 * Whatever fails answers {@code failed REASON}. It ends with its input.
 */
@Command(name = "load", description = "Puts load on a server; takes its orders on standard input.")
public final class LoadMain implements Callable<Integer> {

    private static final double NANOS = 1e9;
    private static final int OPEN_WORDS = 8;
    private static final int STREAM_WORDS = 7;

    private @Nullable Crowd crowd;

    @Override
    public Integer call() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(answer(order.strip()));
        }
        dismiss();
        return 0;
    }

    private String answer(String order) {
        String[] words = order.split(" ", STREAM_WORDS);
        try {
            return switch (words[0]) {
                case "open" -> open(order.split(" ", -1));
                case "rush" -> rush(Long.parseLong(words[1]));
                case "pace" -> pace(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                case "stream" -> stream(access(words), words[STREAM_WORDS - 1]);
                case "churn" -> churn(access(words), Integer.parseInt(words[STREAM_WORDS - 1]));
                case "close" -> dismiss();
                default -> "failed no such order: " + words[0];
            };
        } catch (IOException | RuntimeException e) {
            return "failed " + String.valueOf(e).replace('\n', ' ');
        }
    }

    private String open(String[] words) throws IOException {
        if (words.length != OPEN_WORDS) {
            return "failed open takes " + (OPEN_WORDS - 1) + " words";
        }
        dismiss();
        crowd = Crowd.open(access(words), Mode.valueOf(words[6].toUpperCase(Locale.ROOT)), Integer.parseInt(words[7]));
        return "ready";
    }

    private String rush(long queries) throws IOException {
        return "rushed " + queries + " " + opened().rush(queries) / NANOS;
    }

    private String pace(int perSecond, int seconds) throws IOException {
        Histogram paced = opened().pace(perSecond, seconds);
        return "paced " + paced.total() + " " + paced.percentile(0.5) + " " + paced.percentile(0.99);
    }

    private String dismiss() throws IOException {
        if (crowd != null) {
            crowd.close();
            crowd = null;
        }
        return "closed";
    }

    private Crowd opened() {
        if (crowd == null) {
            throw new IllegalStateException("nothing is open");
        }
        return crowd;
    }

    private static Access access(String[] words) {
        return new Access(words[1], Integer.parseInt(words[2]), words[3], words[4], words[5]);
    }

    private static String churn(Access access, int logins) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < logins; i++) {
            PgConnection.open(access).close();
        }
        return "churned " + logins + " " + (System.nanoTime() - start) / NANOS;
    }

    private static String stream(Access access, String sql) throws IOException {
        try (PgConnection client = PgConnection.open(access)) {
            long start = System.nanoTime();
            client.send(out -> Frontend.query(out, sql));
            PgConnection.Drained drained = client.drain();
            return "streamed " + drained.rows() + " " + drained.bytes() + " " + (System.nanoTime() - start) / NANOS;
        }
    }
}
