package dev.gatehouse.wire.postgres;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Feeds the engine what nobody would say, from either side, in pieces of any size. As a test it takes the recorded
 * sessions, the short ones of what was found before ({@code corpus}), and what broke it ({@code HostileBytesTestInputs});
 * with {@code JAZZER_FUZZ=1} and one of its methods chosen it makes up new ones, guided by what they reach:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl wire-postgres -am test -Dtest='HostileBytesTest#client' \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm=-Djazzer.hooks=true</pre>
 *
 * A corpus is kept as lines of base 64, made of the files Jazzer leaves in {@code .cifuzz-corpus}.
 */
final class HostileBytesTest {

    private static final int MOST_SEED_BYTES = 16_384;
    private static final int IN_CLEAR = 0;
    private static final int UNDER_TLS = 1;
    private static final int SERVING = 2;

    private static final Map<String, String> REPORTED =
            Map.of("client_encoding", "UTF8", "standard_conforming_strings", "on", "server_version", "18.0");

    /** The first byte chooses where it begins: with the greeting, in clear or with TLS on offer, or when the client is in. */
    @MethodSource("clients")
    @FuzzTest(maxDuration = "10m")
    void client(byte[] script) {
        if (script.length > 0) {
            rehearsal(script[0] & 0xff).play(Arrays.copyOfRange(script, 1, script.length));
        }
    }

    private static Rehearsal rehearsal(int choice) {
        return switch (choice % 3) {
            case IN_CLEAR -> Rehearsal.greeting(false);
            case UNDER_TLS -> Rehearsal.greeting(true);
            default -> Rehearsal.serving(REPORTED);
        };
    }

    /** Begins when the server has accepted the connection; the first byte chooses whether it is to speak TLS. */
    @MethodSource("servers")
    @FuzzTest(maxDuration = "10m")
    void server(byte[] script) {
        if (script.length > 0) {
            Rehearsal.serverLogin((script[0] & 1) == UNDER_TLS).play(Arrays.copyOfRange(script, 1, script.length));
        }
    }

    static Stream<byte[]> clients() {
        Stream<byte[]> recorded = Stream.concat(
                Vector.all().stream().map(vector -> Rehearsal.script(IN_CLEAR, vector.said())),
                Vector.all().stream().map(vector -> Rehearsal.script(SERVING, served(vector))));
        return Stream.concat(recorded.filter(HostileBytesTest::isShort), found("client"));
    }

    static Stream<byte[]> servers() {
        Stream<byte[]> recorded = Vector.all().stream().map(vector -> Rehearsal.script(IN_CLEAR, loggedIn(vector)));
        return Stream.concat(recorded.filter(HostileBytesTest::isShort), found("server"));
    }

    private static boolean isShort(byte[] script) {
        return script.length <= MOST_SEED_BYTES;
    }

    private static Stream<byte[]> found(String by) {
        String name = "corpus/" + by + ".txt";
        try (InputStream in = HostileBytesTest.class.getResourceAsStream(name)) {
            String lines = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.US_ASCII);
            return lines.lines().map(Base64.getDecoder()::decode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was said behind the first ReadyForQuery. */
    private static List<Vector.Said> served(Vector vector) {
        List<Vector.Said> said = vector.said();
        int ready = 0;
        while (ready < said.size()
                && (said.get(ready).fromClient() || said.get(ready).tag() != 'Z')) {
            ready++;
        }
        return said.subList(Math.min(ready + 1, said.size()), said.size());
    }

    /** What a server said that asks for no proof, as no recorded one fits another exchange. */
    private static List<Vector.Said> loggedIn(Vector vector) {
        byte[] ok = {'R', 0, 0, 0, 8, 0, 0, 0, 0};
        Stream<Vector.Said> told =
                vector.said().stream().dropWhile(said -> said.fromClient() || said.tag() == 'R' || said.tag() == 'v');
        return Stream.concat(Stream.of(new Vector.Said(false, ok)), told).toList();
    }
}
