package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.mysql.message.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorTest {

    @Test
    void aLineIsAPacketWithItsLengthAndNumber() {
        Vector vector = Vector.parse("one", "# comment\n> 0 \\x03select 1\n< 1 \\x01\n> 0 \\x0e\n");

        assertThat(vector.said()).extracting(Vector.Said::fromClient).containsExactly(true, false, true);
        assertThat(vector.server()).isEqualTo(new byte[] {1, 0, 0, 1, 1});
        assertThat(vector.said().get(0).bytes()).hasSize(13).startsWith(9, 0, 0, 0, 3, 's');
    }

    @Test
    void anEmptyPayloadIsAPacketToo() {
        assertThat(Vector.parse("one", "> 7 \n").client()).isEqualTo(new byte[] {0, 0, 0, 7});
    }

    @Test
    void aRunIsRepeated() {
        assertThat(Vector.parse("one", "< 1 a\\{3}b\\{2}\\0c\\\\\\n\n").server())
                .isEqualTo(new byte[] {9, 0, 0, 1, 'a', 'b', 'b', 'b', 0, 0, 'c', '\\', '\n'});
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> Vector.parse("one", "! 0 x\n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Vector.parse("one", "> 0\n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Vector.parse("one", "> 0 \\q\n")).isInstanceOf(IllegalArgumentException.class);
    }

    static List<Vector> all() {
        return Vector.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRecordedSessionBeginsWithALogin(Vector vector) {
        assertThat(vector.handshake().connection()).isPositive();
        assertThat(vector.response().user()).isEqualTo("admin");
        assertThat(vector.served()).isNotEmpty();
        for (Vector.Said one : vector.said()) {
            assertThat(one.bytes().length).isGreaterThanOrEqualTo(Packet.HEADER);
        }
    }
}
