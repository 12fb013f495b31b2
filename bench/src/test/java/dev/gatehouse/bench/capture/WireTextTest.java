package dev.gatehouse.bench.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WireTextTest {

    @Property
    void rawBytesWrittenThenReadAreEqual(@ForAll @Size(min = 1) byte[] bytes) {
        assertThat(WireText.read(WireText.raw('<', bytes))).isEqualTo(bytes);
    }

    @Property
    void fewDistinctBytesWrittenThenReadAreEqual(
            @ForAll @Size(min = 1, max = 200) @ByteRange(min = 31, max = 32) byte[] bytes) {
        assertThat(WireText.read(WireText.raw('>', bytes))).isEqualTo(bytes);
    }

    @Property
    void aTaggedMessageWrittenThenReadIsEqual(@ForAll byte[] body) {
        byte[] message = ByteBuffer.allocate(5 + body.length)
                .put((byte) 'D')
                .putInt(4 + body.length)
                .put(body)
                .array();

        String line = WireText.tagged('<', message);

        assertThat(WireText.read(line)).isEqualTo(message);
        assertThat(line).isEqualTo(line.strip()).matches("[ -~]+");
    }

    @Test
    void aLongRunIsShort() {
        byte[] message = ("= " + "x".repeat(1000) + "\0").getBytes(StandardCharsets.US_ASCII);

        assertThat(WireText.raw('<', message)).isEqualTo("< = = \\{1000}x\\0");
    }

    @Test
    void aQueryReadsAsItself() {
        byte[] message = "Q\0\0\0\rselect 1\0".getBytes(StandardCharsets.US_ASCII);

        assertThat(WireText.tagged('>', message)).isEqualTo("> Q select 1\\0");
    }

    @Test
    void aLineOfNoSideIsRefused() {
        assertThatThrownBy(() -> WireText.read("Q select 1")).isInstanceOf(IllegalArgumentException.class);
    }
}
