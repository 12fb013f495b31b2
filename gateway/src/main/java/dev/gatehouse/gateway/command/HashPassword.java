package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.session.ScramVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse user hash-password}: the value for {@code password_hash} in the configuration. */
@Command(
        name = "hash-password",
        description = {
            "Read a password from stdin and print the value for password_hash.",
            "",
            "The value is PostgreSQL's SCRAM-SHA-256 verifier. It serves both protocols: PostgreSQL clients prove the"
                    + " password by SCRAM against it; with MySQL clients the full caching_sha2_password exchange yields"
                    + " the password, which is checked against the same verifier. The password cannot be read from it,"
                    + " but a weak one can be guessed: treat it as a secret.",
            "",
            "More iterations make guessing slower and every PostgreSQL login, on the client's side, slower too; 4096 is"
                    + " PostgreSQL's own default."
        })
final class HashPassword implements Callable<Integer> {

    private static final String PIPE = "printf %s \"$PW\" | gatehouse user hash-password";
    private static final int SALT_BYTES = 16;
    private static final int MOST_ITERATIONS = 10_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "4096",
            description = "PBKDF2 iterations (default: ${DEFAULT-VALUE}).")
    private int iterations = ScramVerifier.MIN_ITERATIONS;

    @Override
    public Integer call() throws IOException {
        if (iterations < ScramVerifier.MIN_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw usage("iterations are " + ScramVerifier.MIN_ITERATIONS + " to " + MOST_ITERATIONS, "");
        }
        String password = read();
        if (password.isEmpty()) {
            throw usage("the password is empty", "type it, or pipe it in: " + PIPE);
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        spec.commandLine()
                .getOut()
                .println(PasswordHash.of(password, salt, iterations).text());
        return ExitCode.DONE.status();
    }

    /** One line of stdin; from a terminal it is asked for, not shown, and asked for again. */
    private String read() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (!succeeds("test", "-t", "0")) {
            return line(in);
        }
        Thread restore = new Thread(() -> succeeds("stty", "echo"), "echo");
        Runtime.getRuntime().addShutdownHook(restore);
        if (!succeeds("stty", "-echo")) {
            throw usage("the terminal would show the password", "pipe it in: " + PIPE);
        }
        String password = ask("Password: ", in);
        if (!ask("Again: ", in).equals(password)) {
            throw usage("the two passwords differ", "");
        }
        return password;
    }

    private String ask(String prompt, BufferedReader in) throws IOException {
        spec.commandLine().getErr().print(prompt);
        spec.commandLine().getErr().flush();
        String answer = line(in);
        spec.commandLine().getErr().println();
        return answer;
    }

    private static String line(BufferedReader in) throws IOException {
        @Nullable String line = in.readLine();
        return line == null ? "" : line;
    }

    /** Runs a small program on this process's terminal. */
    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Failure usage(String message, String hint) {
        return new Failure(ExitCode.USAGE, "usage", message, hint);
    }
}
