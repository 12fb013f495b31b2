package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorTest {

    @Test
    void aTaggedLineIsAMessageWithItsLength() {
        Vector vector = Vector.parse("one", "# comment\n> Q select 1\\0\n< Z I\n> X\n");

        assertThat(vector.said()).extracting(Vector.Said::fromClient).containsExactly(true, false, true);
        assertThat(vector.said().get(0).bytes()).isEqualTo(ascii("Q\0\0\0\rselect 1\0"));
        assertThat(vector.server()).isEqualTo(ascii("Z\0\0\0\5I"));
        assertThat(vector.said().get(2).bytes()).isEqualTo(ascii("X\0\0\0\4"));
    }

    @Test
    void aLineWithoutATagIsALengthAndABody() {
        assertThat(Vector.parse("one", "> - \\x04\\xd2\\x16/\n").client())
                .isEqualTo(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, '/'});
    }

    @Test
    void rawLinesAreTheirBytesAlone() {
        assertThat(Vector.parse("one", "< = N\n< = \\\\\\r\\n\\t\\x20\n").server())
                .isEqualTo(ascii("N\\\r\n\t "));
    }

    @Test
    void aRunIsRepeated() {
        assertThat(Vector.parse("one", "< = a\\{3}b\\{2}\\0c\n").server()).isEqualTo(ascii("abbb\0\0c"));
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> Vector.parse("one", "! Q x\n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Vector.parse("one", "> Q \\q\n")).isInstanceOf(IllegalArgumentException.class);
    }

    static List<Vector> all() {
        return Vector.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRecordedSessionIsMadeOfWholeMessages(Vector vector) {
        assertThat(vector.said()).isNotEmpty();
        for (Vector.Said one : vector.said()) {
            ByteBuffer message = ByteBuffer.wrap(one.bytes());
            boolean answerToTls = message.remaining() == 1;
            if (!answerToTls) {
                boolean greeting = one.tag() == 0;
                int tagBytes = greeting ? 0 : 1;
                assertThat(message.getInt(tagBytes)).isEqualTo(message.remaining() - tagBytes);
            }
        }
    }

    @Test
    void theLargeRowIsLarge() {
        assertThat(Vector.named("postgres-15/large-row").said())
                .anyMatch(one -> !one.fromClient() && one.tag() == 'D' && one.bytes().length > 100_000);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
