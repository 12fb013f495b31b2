package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DataRowsTest {

    private static final Mask STARS = mask("stars", "***");
    private static final Mask NOTHING = mask("nothing", null);

    private static Mask mask(String id, @Nullable String text) {
        return new Mask() {
            @Override
            public int write(ByteBuf row, int index, int length, ByteBuf out) {
                return text == null ? NULL : out.writeCharSequence(text, StandardCharsets.UTF_8);
            }

            @Override
            public String id() {
                return id;
            }
        };
    }

    private static ByteBuf row(List<@Nullable String> values) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte('D').writeInt(0).writeShort(values.size());
        for (String value : values) {
            if (value == null) {
                out.writeInt(-1);
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length).writeBytes(bytes);
            }
        }
        return out.setInt(1, out.readableBytes() - 1);
    }

    private static ByteBuf rewritten(MaskPlan plan, ByteBuf row) {
        ByteBuf out = Unpooled.buffer();
        DataRows.rewrite(plan, row, 0, row.readableBytes(), out);
        return out;
    }

    @Test
    void maskedValuesChangeAndNullsStay() {
        MaskPlan plan = MaskPlan.of(Arrays.asList(null, STARS, NOTHING, STARS));
        assertThat(rewritten(plan, row(Arrays.asList("1", "maya@acme.test", "secret", null))))
                .isEqualTo(row(Arrays.asList("1", "***", null, null)));
    }

    @Property
    void onlyMaskedCellsChange(@ForAll @Size(min = 1, max = 8) List<String> values, @ForAll int which) {
        int masked = Math.floorMod(which, values.size());
        List<@Nullable Mask> masks = new ArrayList<>();
        List<@Nullable String> expected = new ArrayList<>(values);
        for (int i = 0; i < values.size(); i++) {
            masks.add(i == masked ? STARS : null);
        }
        expected.set(masked, "***");
        List<@Nullable String> given = new ArrayList<>(values);
        assertThat(rewritten(MaskPlan.of(masks), row(given))).isEqualTo(row(expected));
    }

    @Test
    void aRowOfAnotherWidthIsAViolation() {
        MaskPlan plan = MaskPlan.of(Arrays.asList(STARS, null));
        ByteBuf row = row(Arrays.asList("one"));
        assertThatThrownBy(() -> rewritten(plan, row)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aValueLongerThanItsRowIsAViolation() {
        MaskPlan plan = MaskPlan.of(Arrays.asList(STARS));
        ByteBuf row = row(Arrays.asList("one")).setInt(7, 4);
        assertThatThrownBy(() -> rewritten(plan, row)).isInstanceOf(ProtocolViolation.class);
        ByteBuf huge = row(Arrays.asList("one")).setInt(7, Integer.MAX_VALUE);
        assertThatThrownBy(() -> rewritten(plan, huge)).isInstanceOf(ProtocolViolation.class);
        ByteBuf negative = row(Arrays.asList("one")).setInt(7, -2);
        assertThatThrownBy(() -> rewritten(plan, negative)).isInstanceOf(ProtocolViolation.class);
    }
}
