package dev.gatehouse.gateway.command;

import dev.gatehouse.firewall.session.Argon2Verifier;
import dev.gatehouse.firewall.session.Ed25519Key;
import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.wire.mysql.auth.Ed25519;
import dev.gatehouse.wire.mysql.auth.NativePassword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code gatehouse user hash-password}: the value for {@code password_hash}, or one beside it, in the configuration. */
@Command(
        name = "hash-password",
        description = {
            "Read a password from stdin and print what the gateway keeps of it.",
            "",
            "The value for password_hash is PostgreSQL's SCRAM-SHA-256 verifier. It serves both protocols: PostgreSQL clients prove the"
                    + " password by SCRAM against it; with MySQL clients the full caching_sha2_password exchange yields"
                    + " the password, which is checked against the same verifier. The password cannot be read from it,"
                    + " but a weak one can be guessed: treat it as a secret.",
            "",
            "More iterations make guessing slower and every PostgreSQL login, on the client's side, slower too; 4096 is"
                    + " PostgreSQL's own default.",
            "",
            "With --for argon2 the value for password_hash is an Argon2id hash, which is far harder to guess from. Clients then"
                    + " tell the password itself, which they may do under TLS only.",
            "",
            "MySQL clients that know no caching_sha2_password need another value beside it, in mysql_native_hash; those that"
                    + " are to prove the password by MariaDB's client_ed25519 one in ed25519_hash (--for). Neither has a"
                    + " salt: who reads it guesses faster."
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

    @Option(
            names = "--for",
            paramLabel = "FORM",
            defaultValue = "scram",
            converter = FormConverter.class,
            description = "scram, argon2, mysql-native or ed25519 (default: ${DEFAULT-VALUE}).")
    private Form form = Form.SCRAM;

    /** What the value is for. */
    enum Form {
        SCRAM,
        MYSQL_NATIVE,
        ED25519,
        ARGON2
    }

    /** Reads a form as it is written on the command line. */
    static final class FormConverter implements ITypeConverter<Form> {
        @Override
        public Form convert(String word) {
            for (Form form : Form.values()) {
                if (form.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                    return form;
                }
            }
            throw new TypeConversionException("expected scram, argon2, mysql-native or ed25519, not \"" + word + "\"");
        }
    }

    @Override
    public Integer call() throws IOException {
        if (iterations < ScramVerifier.MIN_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw usage("iterations are " + ScramVerifier.MIN_ITERATIONS + " to " + MOST_ITERATIONS, "");
        }
        String password = read();
        if (password.isEmpty()) {
            throw usage("the password is empty", "type it, or pipe it in: " + PIPE);
        }
        spec.commandLine().getOut().println(kept(password));
        return ExitCode.DONE.status();
    }

    private String kept(String password) {
        return switch (form) {
            case SCRAM ->
                PasswordHash.of(password, salt(SALT_BYTES), iterations).text();
            case MYSQL_NATIVE -> new NativeHash(NativePassword.hash(password)).text();
            case ARGON2 ->
                Argon2Verifier.of(password.getBytes(StandardCharsets.UTF_8), salt(Argon2Verifier.SALT_BYTES))
                        .text();
            case ED25519 -> new Ed25519Key(Ed25519.publicKey(password)).text();
        };
    }

    private static byte[] salt(int length) {
        byte[] salt = new byte[length];
        new SecureRandom().nextBytes(salt);
        return salt;
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
