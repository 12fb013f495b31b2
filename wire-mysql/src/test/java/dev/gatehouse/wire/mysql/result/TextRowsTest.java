package dev.gatehouse.wire.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextRowsTest {

    private static final Mask SHOUT = new Shout();

    @Test
    void whatIsMaskedIsRewrittenAndWhatIsNotIsCopied() {
        assertThat(rewritten(plan(null, SHOUT, null), row("1", "ada", "x"))).isEqualTo(row("1", "ada!", "x"));
        assertThat(rewritten(plan(SHOUT, null, SHOUT), row("1", "ada", "x"))).isEqualTo(row("1!", "ada", "x!"));
    }

    @Test
    void nullStaysNullAndAMaskMayMakeIt() {
        assertThat(rewritten(plan(SHOUT, SHOUT, null), row(null, "nil", null))).isEqualTo(row(null, null, null));
        assertThat(rewritten(plan(null, SHOUT, SHOUT), row("a", "", "nought"))).isEqualTo(row("a", "!", null));
    }

    @Test
    void aValueThatOutgrowsTheSizeOfItsLengthIsMoved() {
        for (int length : new int[] {249, 250, 251, 65534, 65535, 65536, (1 << 24) - 2, (1 << 24) - 1}) {
            String value = "v".repeat(length);

            assertThat(rewritten(plan(null, SHOUT, null), row("1", value, "x"))).isEqualTo(row("1", value + "!", "x"));
        }
        assertThat(rewritten(plan(new Shout(1000), null), row("abc", "x")))
                .isEqualTo(row("abc".repeat(1000) + "!", "x"));
    }

    @Test
    void aRowCutShortIsAViolationAndNeverAPlainRow() {
        ByteBuf whole = row("1", "ada", null, "x".repeat(300));
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf cut = whole.slice(0, length);
            assertThatThrownBy(() -> rewritten(plan(null, SHOUT, null, null), cut))
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void aRowOfOtherColumnsIsAViolation() {
        assertThatThrownBy(() -> rewritten(plan(SHOUT, null), row("1"))).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> rewritten(plan(SHOUT, null), row("1", "2", "3")))
                .isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> rewritten(plan(SHOUT), Unpooled.wrappedBuffer(new byte[] {(byte) 0xff})))
                .isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> rewritten(
                        plan(SHOUT),
                        Unpooled.wrappedBuffer(new byte[] {(byte) 0xfe, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80})))
                .isInstanceOf(ProtocolViolation.class);
    }

    @Property(tries = 300)
    void anyRowUnderAnyPlanIsTheRowOfItsMaskedValues(
            @ForAll @Size(min = 1, max = 12) List<@StringLength(max = 400) String> values,
            @ForAll @Size(min = 12, max = 12) List<Boolean> masked) {
        List<@Nullable Mask> masks = new ArrayList<>();
        String[] plain = new String[values.size()];
        String[] expected = new String[values.size()];
        boolean any = false;
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i).length() % 7 == 3 ? null : values.get(i);
            plain[i] = value;
            masks.add(masked.get(i) ? SHOUT : null);
            any |= masked.get(i);
            expected[i] = value != null && masked.get(i) ? value.startsWith("n") ? null : value + "!" : value;
        }
        if (any) {
            assertThat(rewritten(MaskPlan.of(masks), row(plain))).isEqualTo(row(expected));
        }
    }

    private static MaskPlan plan(@Nullable Mask... masks) {
        return MaskPlan.of(Arrays.asList(masks));
    }

    private static ByteBuf row(@Nullable String... values) {
        ByteBuf out = Unpooled.buffer();
        for (String value : values) {
            if (value == null) {
                out.writeByte(Body.NULL);
            } else {
                Packet.string(out, value);
            }
        }
        return out;
    }

    /** Rewrites a row that stands somewhere inside a buffer. */
    private static ByteBuf rewritten(MaskPlan plan, ByteBuf row) {
        ByteBuf inside = Unpooled.buffer()
                .writeZero(3)
                .writeBytes(row, row.readerIndex(), row.readableBytes())
                .writeZero(5);
        ByteBuf out = Unpooled.buffer().writeByte(1);
        TextRows.rewrite(plan, inside, 3, row.readableBytes(), out);
        return out.slice(1, out.writerIndex() - 1);
    }
}
