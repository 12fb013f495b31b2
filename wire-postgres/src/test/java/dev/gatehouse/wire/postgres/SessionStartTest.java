package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a client may send before it has a session, and what it may not. */
final class SessionStartTest {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSSENC_REQUEST = 80877104;
    private static final int VERSION_2 = 2 << 16;
    private static final int VERSION_3 = 3 << 16;

    private final Stage stage = new Stage();

    private static byte[] packet(int code, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + bytes.length)
                .putInt(8 + bytes.length)
                .putInt(code)
                .put(bytes)
                .array();
    }

    private String told() {
        return stage.toClient.toString(StandardCharsets.ISO_8859_1);
    }

    private void send(byte[] bytes) {
        stage.fromClient(bytes, 0, bytes.length);
    }

    @Test
    void encryptionIsDeclinedWhereNoneIsOffered() {
        send(packet(SSL_REQUEST, ""));
        send(packet(GSSENC_REQUEST, ""));
        assertThat(told()).isEqualTo("NN");
        assertThat(stage.closed).isFalse();
    }

    @Test
    void aPacketInPiecesIsReadOnceItIsWhole() {
        byte[] bytes = packet(SSL_REQUEST, "");
        for (int i = 0; i < bytes.length; i++) {
            assertThat(told()).isEmpty();
            stage.fromClient(bytes, i, 1);
        }
        assertThat(told()).isEqualTo("N");
    }

    @Test
    void anOldProtocolIsRefusedAsByAServer() {
        send(packet(VERSION_2, "user\0maya\0\0"));
        assertThat(told()).contains("0A000").contains("unsupported frontend protocol 2.0");
        assertThat(stage.closed).isTrue();
    }

    @Test
    void aStartupWithoutAUserIsRefused() {
        send(packet(VERSION_3, "database\0shop\0\0"));
        assertThat(told()).contains("28000").contains("no PostgreSQL user name");
        assertThat(stage.closed).isTrue();
    }

    @Test
    void replicationIsRefused() {
        send(packet(VERSION_3, "user\0maya\0replication\0database\0\0"));
        assertThat(told()).contains("28000").contains("replication");
        assertThat(stage.closed).isTrue();
    }

    @Test
    void bytesBehindAStartupPacketAreAViolation() {
        send(packet(VERSION_3, "user\0maya\0\0Q"));
        assertThat(told()).contains("08P01");
        assertThat(stage.closed).isTrue();
    }

    @Test
    void aPacketLargerThanAServerTakesIsAViolation() {
        send(packet(VERSION_3, "user\0" + "m".repeat(10_001) + "\0\0"));
        assertThat(told()).contains("08P01");
        assertThat(stage.closed).isTrue();
    }

    @Test
    void aRequestToCancelWithAnUnknownKeyIsClosedWithoutAWord() {
        send(packet(80877102, "\0\0\0\1\0\0\0\2"));
        assertThat(told()).isEmpty();
        assertThat(stage.closed).isTrue();
    }
}
