package dev.gatehouse.bench.compare;

import dev.gatehouse.bench.load.Access;
import dev.gatehouse.bench.load.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A second opinion on the load: the tool everybody knows. */
final class Pgbench {

    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+) \\(without initial connection time\\)");

    private Pgbench() {}

    /**
     * Runs its select-only script.
     *
     * @return queries per second, logins left out
     * @throws IOException if it is not installed or does not finish; with what it said
     */
    static double run(Access access, Mode mode, int clients, long queries) throws IOException {
        ProcessBuilder pgbench = new ProcessBuilder(List.of(
                "pgbench",
                "-n",
                "-S",
                "-M",
                mode.word(),
                "-c",
                Integer.toString(clients),
                "-t",
                Long.toString(queries / clients),
                "-s",
                "1",
                "-h",
                access.host(),
                "-p",
                Integer.toString(access.port()),
                "-U",
                access.user(),
                access.database()));
        pgbench.environment().put("PGPASSWORD", access.password());
        pgbench.environment().put("PGSSLMODE", "disable");
        Process process = pgbench.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(said);
        if (!rate.find()) {
            throw new IOException("pgbench says: " + said.strip());
        }
        return Double.parseDouble(rate.group(1));
    }
}
