package dev.gatehouse.wire.mysql.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packets before the first command, against what real clients and servers sent. */
final class HandshakesTest {

    private static final int MUTATIONS = 3000;

    static List<String> logins() {
        return RecordedLogin.names();
    }

    @MethodSource("logins")
    @ParameterizedTest
    void whatIsReadOfAServersHandshakeWritesTheSameBytes(String name) {
        RecordedLogin login = RecordedLogin.named(name);
        ByteBuf out = Unpooled.buffer();
        login.handshake().write(out, 0);
        assertThat(written(out)).isEqualTo(login.at(0).packet());
    }

    @MethodSource("logins")
    @ParameterizedTest
    void whatIsReadOfAClientsResponseWritesTheSameBytes(String name) {
        RecordedLogin login = RecordedLogin.named(name);
        ByteBuf out = Unpooled.buffer();
        login.response().write(out, 1);
        assertThat(written(out)).isEqualTo(login.at(1).packet());
    }

    @Test
    void aMariaDbServerTellsItsOwnCapabilities() {
        HandshakeV10 handshake = RecordedLogin.named("mariadb-10.11/native").handshake();
        assertThat(handshake.serverVersion()).isEqualTo("5.5.5-10.11.19-MariaDB-0+deb12u1");
        assertThat(handshake.plugin()).isEqualTo("mysql_native_password");
        assertThat(handshake.scramble()).hasSize(20);
        assertThat(Capabilities.has(handshake.capabilities(), Capabilities.LONG_PASSWORD))
                .isFalse();
        assertThat(Capabilities.has(
                        handshake.capabilities(),
                        Capabilities.MARIADB_PROGRESS
                                | Capabilities.MARIADB_STMT_BULK_OPERATIONS
                                | Capabilities.MARIADB_EXTENDED_METADATA
                                | Capabilities.MARIADB_CACHE_METADATA))
                .isTrue();
        assertThat(Capabilities.has(handshake.capabilities(), Capabilities.MARIADB_COM_MULTI))
                .isFalse();
    }

    @Test
    void aMySqlServerTellsItsCapabilities() {
        HandshakeV10 handshake = RecordedLogin.named("mysql-9.7/fast").handshake();
        assertThat(handshake.serverVersion()).isEqualTo("9.7.4-2");
        assertThat(handshake.plugin()).isEqualTo("caching_sha2_password");
        assertThat(handshake.capabilities() >>> 32).isZero();
        assertThat(Capabilities.has(
                        handshake.capabilities(),
                        Capabilities.QUERY_ATTRIBUTES | Capabilities.ZSTD_COMPRESSION_ALGORITHM | Capabilities.SSL))
                .isTrue();
    }

    @Test
    void aClientTellsWhoItIsAndWhatItRunsOn() {
        HandshakeResponse41 response =
                RecordedLogin.named("mariadb-10.11/ed25519").response();
        assertThat(response.user()).isEqualTo("ed");
        assertThat(response.database()).isEqualTo("d1");
        assertThat(response.plugin()).isEqualTo("mysql_native_password");
        assertThat(response.proof()).hasSize(20);
        assertThat(response.attributes()).containsEntry("program_name", "mysql").containsEntry("_os", "Linux");
        assertThat(response.capabilities() & Capabilities.MARIADB_PROGRESS).isNotZero();
    }

    @Test
    void aClientWithoutPluginsOrLengthsIsRead() {
        ByteBuf out = Unpooled.buffer();
        response(Capabilities.PROTOCOL_41 | Capabilities.LONG_PASSWORD, new byte[0])
                .write(out, 1);
        HandshakeResponse41 read = HandshakeResponse41.read(body(written(out)));
        assertThat(read.user()).isEqualTo("maya");
        assertThat(read.plugin()).isEmpty();
        assertThat(read.database()).isEmpty();
        assertThat(read.attributes()).isEmpty();
    }

    @Test
    void aClientThatSaysItNamesADatabaseMayNameNone() {
        long capabilities = Capabilities.PROTOCOL_41
                | Capabilities.LONG_PASSWORD
                | Capabilities.SECURE_CONNECTION
                | Capabilities.PLUGIN_AUTH
                | Capabilities.CONNECT_ATTRS;
        ByteBuf out = Unpooled.buffer();
        response(Capabilities.PROTOCOL_41 | Capabilities.LONG_PASSWORD | Capabilities.SECURE_CONNECTION, new byte[20])
                .write(out, 1);
        out.setIntLE(Packet.HEADER, (int) (capabilities | Capabilities.CONNECT_WITH_DB));
        HandshakeResponse41 read = HandshakeResponse41.read(body(written(out)));
        assertThat(read.database()).isEmpty();
        assertThat(read.plugin()).isEmpty();
        assertThat(read.attributes()).isEmpty();
        assertThat(read.proof()).hasSize(20);
    }

    @Test
    void aRequestForTlsIsAResponseCutShort() {
        ByteBuf out = Unpooled.buffer();
        long capabilities = Capabilities.PROTOCOL_41 | Capabilities.SSL | Capabilities.MARIADB_CACHE_METADATA;
        response(capabilities, new byte[0]).writeSslRequest(out, 1);
        byte[] packet = written(out);
        assertThat(packet).hasSize(Packet.HEADER + HandshakeResponse41.SSL_REQUEST_BYTES);
        assertThat(HandshakeResponse41.isSslRequest(body(packet))).isTrue();
        assertThat(HandshakeResponse41.isSslRequest(
                        RecordedLogin.named("mysql-9.7/fast").at(1).body()))
                .isFalse();
    }

    @Test
    void namesThatAreNeitherAsciiNorUtf8AreRefused() {
        ByteBuf out = Unpooled.buffer();
        response(Capabilities.PROTOCOL_41 | Capabilities.LONG_PASSWORD, new byte[0])
                .write(out, 1);
        byte[] packet = written(out);
        packet[Packet.HEADER + HandshakeResponse41.SSL_REQUEST_BYTES] = (byte) 0xe9;
        assertThatThrownBy(() -> HandshakeResponse41.read(body(packet))).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void whatIsOlderThanMySql41IsRefused() {
        byte[] client = {5, 0, 0, 1, 0x05, 0, 0, 0, 0x61, 0};
        assertThatThrownBy(() -> HandshakeResponse41.read(body(client)))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("4.1");
        byte[] server = RecordedLogin.named("mysql-9.7/fast").at(0).packet();
        server[Packet.HEADER] = 9;
        assertThatThrownBy(() -> HandshakeV10.read(body(server))).isInstanceOf(ProtocolViolation.class);
        byte[] switched = {1, 0, 0, 2, (byte) 0xfe};
        assertThatThrownBy(() -> AuthSwitchRequest.read(body(switched))).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aSwitchIsReadAndWrittenWithItsDataAsItIs() {
        for (String name : List.of("mariadb-10.11/ed25519", "mysql-9.7/begun-native")) {
            RecordedLogin.Said said = RecordedLogin.named(name).at(2);
            ByteBuf out = Unpooled.buffer();
            AuthSwitchRequest.read(said.body()).write(out, 2);
            assertThat(written(out)).isEqualTo(said.packet());
        }
    }

    @Test
    void moreDataIsReadAndWritten() {
        RecordedLogin.Said said = RecordedLogin.named("mysql-9.7/full-rsa").at(4);
        ByteBuf out = Unpooled.buffer();
        AuthMoreData.read(said.body()).write(out, 4);
        assertThat(written(out)).isEqualTo(said.packet());
    }

    @Test
    void anotherLoginOnTheSameConnectionIsRead() {
        ByteBuf out = Unpooled.buffer();
        int start = Packet.begin(out, 0);
        out.writeByte(Commands.CHANGE_USER);
        Packet.terminated(out, "maya");
        out.writeByte(3).writeBytes(new byte[] {1, 2, 3});
        Packet.terminated(out, "shop");
        out.writeShortLE(255);
        Packet.terminated(out, "caching_sha2_password");
        Packet.lengthEncoded(out, 4);
        Packet.string(out, "a");
        Packet.string(out, "b");
        Packet.end(out, start);
        byte[] packet = written(out);
        long all = Capabilities.SECURE_CONNECTION | Capabilities.PLUGIN_AUTH | Capabilities.CONNECT_ATTRS;
        ChangeUser read = ChangeUser.read(body(packet), all);
        assertThat(read.user()).isEqualTo("maya");
        assertThat(read.proof()).containsExactly(1, 2, 3);
        assertThat(read.database()).isEqualTo("shop");
        assertThat(read.collation()).isEqualTo(OptionalInt.of(255));
        assertThat(read.plugin()).isEqualTo("caching_sha2_password");
        assertThat(read.attributes()).containsExactly(Map.entry("a", "b"));
        assertThat(ChangeUser.read(body(packet), Capabilities.SECURE_CONNECTION).plugin())
                .isEmpty();
        cutAnywhere(packet, body -> ChangeUser.read(body, all));
    }

    @Test
    void attributesMayNotClaimMoreThanThereIs() {
        long capabilities = Capabilities.PROTOCOL_41
                | Capabilities.LONG_PASSWORD
                | Capabilities.SECURE_CONNECTION
                | Capabilities.CONNECT_ATTRS;
        for (byte[] attributes : List.of(
                new byte[] {3, 1, 'a', 5}, new byte[] {2, 1, 'a', 1, 'b'}, new byte[] {(byte) 0xfb}, new byte[] {4, 1
                })) {
            ByteBuf out = Unpooled.buffer();
            response(capabilities & ~Capabilities.CONNECT_ATTRS, new byte[0]).write(out, 1);
            out.setIntLE(Packet.HEADER, (int) capabilities).writeBytes(attributes);
            Packet.end(out, 0);
            assertThatThrownBy(() -> HandshakeResponse41.read(body(written(out))))
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    @MethodSource("logins")
    @ParameterizedTest
    void whatIsCutShortIsReadOrAViolation(String name) {
        RecordedLogin login = RecordedLogin.named(name);
        cutAnywhere(login.at(0).packet(), HandshakeV10::read);
        cutAnywhere(login.at(1).packet(), HandshakeResponse41::read);
    }

    @MethodSource("logins")
    @ParameterizedTest
    void whatIsChangedAnywhereIsReadOrAViolation(String name) {
        RecordedLogin login = RecordedLogin.named(name);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            readOrViolation(mutated(login.at(0).packet(), random), HandshakeV10::read);
            readOrViolation(mutated(login.at(1).packet(), random), HandshakeResponse41::read);
        }
    }

    private static byte[] mutated(byte[] packet, Random random) {
        byte[] mutated = packet.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            mutated[Packet.HEADER + random.nextInt(packet.length - Packet.HEADER)] = (byte) random.nextInt();
        }
        return mutated;
    }

    private static void cutAnywhere(byte[] packet, Consumer<Body> reader) {
        for (int length = Packet.HEADER; length < packet.length; length++) {
            readOrViolation(Arrays.copyOf(packet, length), reader);
        }
    }

    private static void readOrViolation(byte[] packet, Consumer<Body> reader) {
        Throwable thrown = catchThrowable(() -> reader.accept(body(packet)));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ProtocolViolation.class);
        }
    }

    private static HandshakeResponse41 response(long capabilities, byte[] proof) {
        return new HandshakeResponse41(capabilities, 1 << 24, 45, "maya", proof, "", "", Map.of());
    }

    private static Body body(byte[] packet) {
        return new Body(Unpooled.wrappedBuffer(packet), Packet.HEADER, packet.length);
    }

    private static byte[] written(ByteBuf out) {
        byte[] bytes = new byte[out.readableBytes()];
        out.getBytes(out.readerIndex(), bytes);
        return bytes;
    }
}
