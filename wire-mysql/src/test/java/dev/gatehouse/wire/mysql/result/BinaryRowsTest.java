package dev.gatehouse.wire.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryRowsTest {

    private static final Mask SHOUT = new Shout();

    /** A value of each type that is not length-encoded. */
    private static final Map<Integer, byte[]> FIXED = Map.ofEntries(
            Map.entry(ColumnType.TINY, new byte[] {1}),
            Map.entry(ColumnType.SHORT, new byte[] {1, 2}),
            Map.entry(ColumnType.YEAR, new byte[] {1, 2}),
            Map.entry(ColumnType.LONG, new byte[] {1, 2, 3, 4}),
            Map.entry(ColumnType.INT24, new byte[] {1, 2, 3, 4}),
            Map.entry(ColumnType.FLOAT, new byte[] {1, 2, 3, 4}),
            Map.entry(ColumnType.LONGLONG, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
            Map.entry(ColumnType.DOUBLE, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
            Map.entry(ColumnType.DATE, new byte[] {4, 1, 2, 3, 4}),
            Map.entry(ColumnType.DATETIME, new byte[] {7, 1, 2, 3, 4, 5, 6, 7}),
            Map.entry(ColumnType.TIMESTAMP, new byte[] {11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}),
            Map.entry(ColumnType.TIME, new byte[] {0}));

    @Test
    void aTextIsRewrittenAmongAllOtherTypes() {
        List<ColumnDefinition> columns = new ArrayList<>();
        List<@Nullable Mask> masks = new ArrayList<>();
        ByteBuf before = Unpooled.buffer();
        ByteBuf after = Unpooled.buffer();
        FIXED.forEach((type, value) -> {
            columns.add(Column.of(type));
            masks.add(null);
            before.writeBytes(value);
            after.writeBytes(value);
            columns.add(Column.text());
            masks.add(SHOUT);
            Packet.string(before, "ada");
            Packet.string(after, "ada!");
        });
        int bitmap = (columns.size() + 9) / 8;
        ByteBuf row = Unpooled.buffer().writeByte(0).writeZero(bitmap).writeBytes(before);

        assertThat(rewritten(columns, masks, row))
                .isEqualTo(Unpooled.buffer().writeByte(0).writeZero(bitmap).writeBytes(after));
    }

    @Test
    void aMaskedValueOfAnyOtherTypeBecomesNull() {
        FIXED.forEach((type, value) -> {
            ByteBuf row = Unpooled.buffer()
                    .writeByte(0)
                    .writeByte(0)
                    .writeBytes(value)
                    .writeBytes(text("ada"));

            assertThat(rewritten(List.of(Column.of(type), Column.text()), masks(SHOUT, null), row))
                    .as("type %s", type)
                    .isEqualTo(Unpooled.buffer().writeByte(0).writeByte(4).writeBytes(text("ada")));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 242, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255})
    void whatAMaskMakesNullIsMarkedAndLeftOut(int type) {
        ByteBuf row = Unpooled.buffer()
                .writeByte(0)
                .writeByte(0)
                .writeBytes(text("nil"))
                .writeBytes(text("ada"))
                .writeBytes(text("nought"));

        assertThat(rewritten(
                        List.of(Column.of(type), Column.of(type), Column.of(type)), masks(SHOUT, null, SHOUT), row))
                .isEqualTo(Unpooled.buffer().writeByte(0).writeByte(4 | 16).writeBytes(text("ada")));
    }

    @Test
    void nullsStandInTheBitmapAloneWhateverTheirMask() {
        List<ColumnDefinition> columns = new ArrayList<>();
        List<@Nullable Mask> masks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            columns.add(i % 2 == 0 ? Column.text() : Column.of(ColumnType.LONGLONG));
            masks.add(i % 3 == 0 ? SHOUT : null);
        }
        ByteBuf row =
                Unpooled.buffer().writeByte(0).writeByte(0xfc).writeByte(0xff).writeByte(0x3f);

        assertThat(rewritten(columns, masks, row)).isEqualTo(row);
    }

    @Test
    void aRowCutShortOrTooLongIsAViolationAndNeverAPlainRow() {
        List<ColumnDefinition> columns =
                List.of(Column.of(ColumnType.LONG), Column.of(ColumnType.DATETIME), Column.text());
        ByteBuf whole = Unpooled.buffer()
                .writeByte(0)
                .writeByte(0)
                .writeIntLE(7)
                .writeBytes(FIXED.get(ColumnType.DATETIME))
                .writeBytes(text("x".repeat(300)));
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf cut = whole.slice(0, length);
            assertThatThrownBy(() -> rewritten(columns, masks(null, null, SHOUT), cut))
                    .isInstanceOf(ProtocolViolation.class);
        }
        ByteBuf longer = whole.copy().writeByte(0);
        assertThatThrownBy(() -> rewritten(columns, masks(null, null, SHOUT), longer))
                .isInstanceOf(ProtocolViolation.class);
        ByteBuf text = whole.copy().setByte(0, 1);
        assertThatThrownBy(() -> rewritten(columns, masks(null, null, SHOUT), text))
                .isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> rewritten(columns, masks(null, SHOUT), whole)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aTypeThatNobodyKnowsIsAViolation() {
        assertThatThrownBy(() -> new BinaryRows(List.of(Column.of(99)))).isInstanceOf(ProtocolViolation.class);
    }

    private static List<@Nullable Mask> masks(@Nullable Mask... masks) {
        return Arrays.asList(masks);
    }

    private static ByteBuf text(String text) {
        ByteBuf out = Unpooled.buffer();
        Packet.bytes(out, text.getBytes(StandardCharsets.UTF_8));
        return out;
    }

    /** Rewrites a row that stands somewhere inside a buffer. */
    private static ByteBuf rewritten(List<ColumnDefinition> columns, List<@Nullable Mask> masks, ByteBuf row) {
        ByteBuf inside = Unpooled.buffer()
                .writeZero(3)
                .writeBytes(row, row.readerIndex(), row.readableBytes())
                .writeZero(5);
        ByteBuf out = Unpooled.buffer().writeByte(1);
        new BinaryRows(columns).rewrite(MaskPlan.of(masks), inside, 3, row.readableBytes(), out);
        return out.slice(1, out.writerIndex() - 1);
    }
}
