package dev.gatehouse.wire.mysql;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.wire.mysql.message.Capabilities;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Feeds the engine what nobody would say, from either side, in pieces of any size. As a test it takes the recorded
 * sessions, the short ones of what was found before ({@code corpus}), and what broke it ({@code HostileBytesTestInputs});
 * with {@code JAZZER_FUZZ=1} and one of its methods chosen it makes up new ones, guided by what they reach:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl wire-mysql -am test -Dtest='HostileBytesTest#client' \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm=-Djazzer.hooks=true</pre>
 *
 * A corpus is kept as lines of base 64, made of the files Jazzer leaves in {@code .cifuzz-corpus}.
 */
final class HostileBytesTest {

    private static final int MOST_SEED_BYTES = 16_384;
    private static final int IN_CLEAR = 0;
    private static final int UNDER_TLS = 1;
    private static final int SERVING = 2;
    private static final int SERVING_WITHOUT_EOF = 3;
    private static final int CHOICES = 4;

    /** The first byte chooses where it begins: with the greeting, in clear or with TLS on offer, or when the client is in. */
    @MethodSource("clients")
    @FuzzTest(maxDuration = "10m")
    void client(byte[] script) {
        if (script.length > 0) {
            rehearsal(script[0] & 0xff).play(Arrays.copyOfRange(script, 1, script.length));
        }
    }

    private static Rehearsal rehearsal(int choice) {
        return switch (choice % CHOICES) {
            case IN_CLEAR -> Rehearsal.greeted(false);
            case UNDER_TLS -> Rehearsal.greeted(true);
            case SERVING -> Rehearsal.serving(Rehearsal.USUAL);
            default ->
                Rehearsal.serving(Rehearsal.USUAL
                        | Capabilities.DEPRECATE_EOF
                        | Capabilities.SESSION_TRACK
                        | Capabilities.MARIADB_PROGRESS);
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
        Stream<byte[]> logins = Vector.all().stream().map(vector -> Rehearsal.script(IN_CLEAR, vector.said()));
        Stream<byte[]> served = Vector.all().stream().map(vector -> Rehearsal.script(choice(vector), vector.served()));
        return Stream.concat(Stream.concat(logins, served).filter(HostileBytesTest::isShort), found("client"));
    }

    private static int choice(Vector vector) {
        return Capabilities.has(vector.agreed(), Capabilities.DEPRECATE_EOF) ? SERVING_WITHOUT_EOF : SERVING;
    }

    static Stream<byte[]> servers() {
        Stream<byte[]> recorded = Vector.all().stream().map(vector -> Rehearsal.script(IN_CLEAR, loggedIn(vector)));
        return Stream.concat(recorded.filter(HostileBytesTest::isShort), found("server"));
    }

    /** What a server said, with the answer to the gateway's question behind its welcome. */
    private static List<Vector.Said> loggedIn(Vector vector) {
        List<Vector.Said> said = new ArrayList<>();
        int welcome = vector.said().size() - vector.served().size();
        vector.said().subList(0, welcome).stream()
                .filter(one -> !one.fromClient())
                .forEach(said::add);
        said.add(new Vector.Said(false, ByteBufUtil.getBytes(new Stage().answer())));
        said.addAll(vector.served());
        return said;
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
}
