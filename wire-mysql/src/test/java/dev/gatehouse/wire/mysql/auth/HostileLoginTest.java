package dev.gatehouse.wire.mysql.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Ed25519Key;
import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.wire.mysql.message.AuthMoreData;
import dev.gatehouse.wire.mysql.message.AuthSwitchRequest;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Capabilities;
import dev.gatehouse.wire.mysql.message.HandshakeResponse41;
import dev.gatehouse.wire.mysql.message.HandshakeV10;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.message.RecordedLogin;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Feeds a login what nobody would say, from either side: it may end in a violation and in nothing else, nobody gets in, and
 * the held password leaves neither in clear text nor without end. As a test it takes the recorded logins; with
 * {@code JAZZER_FUZZ=1} and one of its methods chosen it makes up new ones:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl wire-mysql -am test -Dtest='HostileLoginTest#client' \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm=-Djazzer.hooks=true</pre>
 */
final class HostileLoginTest {

    private static final int UNDER_TLS = 1;
    private static final int MOST_STEPS = 50;
    private static final String HELD = "the held password";

    /** Of a user whose password nobody knows. */
    private static final Credentials CREDENTIALS = new Credentials(
            new ScramVerifier(ScramVerifier.MIN_ITERATIONS, new byte[16], new byte[32], new byte[32], true),
            Optional.of(new NativeHash(new byte[NativeHash.BYTES])),
            Optional.of(new Ed25519Key(Ed25519.publicKey("nobody's"))));

    private static final Secrets SECRETS = new Secrets();

    /** The first byte chooses whether it comes under TLS; then come packets, the response first. */
    @MethodSource("clients")
    @FuzzTest(maxDuration = "10m")
    void client(byte[] script) {
        if (script.length == 0) {
            return;
        }
        boolean encrypted = (script[0] & 1) == UNDER_TLS;
        try {
            List<byte[]> packets = packets(script);
            if (packets.isEmpty()) {
                return;
            }
            HandshakeResponse41 response = HandshakeResponse41.read(body(packets.get(0)));
            ClientProof proof = new ClientProof(response.user(), CREDENTIALS, SECRETS, Scramble.fresh(), encrypted);
            boolean canSwitch = Capabilities.has(response.capabilities(), Capabilities.PLUGIN_AUTH);
            ClientProof.Step step = proof.begin(response.plugin(), response.proof(), canSwitch);
            for (int i = 1; i < packets.size() && !(settled(step) instanceof ClientProof.Step.Refused); i++) {
                step = proof.answer(payload(packets.get(i)));
            }
            assertThat(settled(step)).isNotInstanceOf(ClientProof.Step.Proved.class);
        } catch (ProtocolViolation expected) {
            assertThat(expected).hasMessageNotContaining(HELD);
        }
    }

    private static ClientProof.Step settled(ClientProof.Step step) {
        return step instanceof ClientProof.Step.Work work ? settled(work.work().get()) : step;
    }

    /** The first byte chooses whether the gateway speaks TLS with it; then come packets, the handshake first. */
    @MethodSource("servers")
    @FuzzTest(maxDuration = "10m")
    void server(byte[] script) {
        if (script.length == 0) {
            return;
        }
        boolean encrypted = (script[0] & 1) == UNDER_TLS;
        ServerProof proof = new ServerProof(new Secret(HELD), encrypted);
        int answers = 0;
        try {
            List<byte[]> packets = packets(script);
            if (packets.isEmpty()) {
                return;
            }
            HandshakeV10 handshake = HandshakeV10.read(body(packets.get(0)));
            tellsNothing(proof.begin(handshake.plugin(), handshake.scramble()), encrypted);
            for (byte[] packet : packets.subList(1, packets.size())) {
                Body body = body(packet);
                ServerProof.Step step;
                if (body.peek() == AuthSwitchRequest.TAG) {
                    step = proof.switched(AuthSwitchRequest.read(body));
                } else if (body.peek() == AuthMoreData.TAG) {
                    step = proof.told(AuthMoreData.read(body));
                } else {
                    return;
                }
                answers++;
                while (step instanceof ServerProof.Step.Work work) {
                    step = work.work().get();
                }
                if (step instanceof ServerProof.Step.Answer answer) {
                    tellsNothing(answer.payload(), encrypted);
                }
            }
        } catch (ProtocolViolation expected) {
            assertThat(expected).hasMessageNotContaining(HELD);
        }
        assertThat(answers).isLessThanOrEqualTo(5);
    }

    private static void tellsNothing(byte[] answer, boolean encrypted) {
        if (!encrypted) {
            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain(HELD);
        }
    }

    static Stream<byte[]> clients() {
        return scripts(true);
    }

    static Stream<byte[]> servers() {
        return scripts(false);
    }

    private static Stream<byte[]> scripts(boolean fromClient) {
        return RecordedLogin.names().stream()
                .map(RecordedLogin::named)
                .flatMap(login -> Stream.of(script(login, fromClient, 0), script(login, fromClient, UNDER_TLS)));
    }

    private static byte[] script(RecordedLogin login, boolean fromClient, int first) {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        script.write(first);
        login.said().stream()
                .filter(said -> said.fromClient() == fromClient)
                .forEach(said -> script.writeBytes(said.packet()));
        return script.toByteArray();
    }

    /** Cuts what comes behind the first byte into packets; the last one may have less than it says. */
    private static List<byte[]> packets(byte[] script) {
        List<byte[]> packets = new ArrayList<>();
        int at = 1;
        while (at + Packet.HEADER <= script.length && packets.size() < MOST_STEPS) {
            int length = (script[at] & 0xff) | (script[at + 1] & 0xff) << 8 | (script[at + 2] & 0xff) << 16;
            int end = Math.min(script.length, at + Packet.HEADER + length);
            packets.add(Arrays.copyOfRange(script, at, end));
            at = end;
        }
        return packets;
    }

    private static byte[] payload(byte[] packet) {
        return Arrays.copyOfRange(packet, Packet.HEADER, packet.length);
    }

    private static Body body(byte[] packet) {
        return new Body(Unpooled.wrappedBuffer(packet), Packet.HEADER, packet.length);
    }
}
