package dev.gatehouse.wire.mysql.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecuteTest {

    private static final LongData NO_LONG_DATA = new LongData();

    @Test
    void valuesOfEveryTypeAreShownAsText() {
        ByteBuf payload = begin(7, 1).writeByte(0b10_0000).writeByte(0).writeByte(1);
        int[] types = {1, 0x8001, 2, 0x8002, 3, 3, 0x8003, 8, 0x8008, 4, 5, 10, 12, 7, 11, 253};
        for (int type : types) {
            payload.writeShortLE(type);
        }
        payload.writeByte(-1).writeByte(-1).writeShortLE(-2).writeShortLE(-2).writeIntLE(-3);
        payload.writeIntLE(-3).writeLongLE(-4).writeLongLE(-4);
        payload.writeIntLE(Float.floatToIntBits(1.5f)).writeLongLE(Double.doubleToLongBits(-2.25));
        payload.writeByte(4).writeShortLE(2024).writeByte(2).writeByte(29);
        payload.writeByte(7)
                .writeShortLE(2024)
                .writeByte(2)
                .writeByte(29)
                .writeByte(1)
                .writeByte(2)
                .writeByte(3);
        payload.writeByte(11).writeShortLE(2024).writeByte(2).writeByte(29);
        payload.writeByte(1).writeByte(2).writeByte(3).writeIntLE(45);
        payload.writeByte(12)
                .writeByte(1)
                .writeIntLE(2)
                .writeByte(3)
                .writeByte(4)
                .writeByte(5)
                .writeIntLE(6);
        Packet.string(payload, "Ada");

        Execute execute = read(payload, new Shape(types.length), NO_LONG_DATA, false);

        assertThat(execute.statement()).isEqualTo(7);
        assertThat(execute.wantsCursor()).isTrue();
        assertThat(execute.binding().parameters())
                .extracting(Parameter::text)
                .containsExactly(
                        "-1",
                        "255",
                        "-2",
                        "65534",
                        "-3",
                        null,
                        "4294967293",
                        "-4",
                        "18446744073709551612",
                        "1.5",
                        "-2.25",
                        "2024-02-29",
                        "2024-02-29 01:02:03",
                        "2024-02-29 01:02:03.000045",
                        "-51:04:05.000006",
                        "Ada");
    }

    @Test
    void whatIsNoUtf8IsShownInHexadecimalDigits() {
        ByteBuf payload = begin(1, 0).writeByte(0).writeByte(1).writeShortLE(252);
        payload.writeByte(2).writeByte(0xff).writeByte(0x41);

        assertThat(texts(read(payload, new Shape(1), NO_LONG_DATA, false))).containsExactly("\\xff41");
    }

    @Test
    void typesHoldUntilOthersAreSent() {
        Shape shape = new Shape(1);
        Execute first = read(typed(8).writeLongLE(5), shape, NO_LONG_DATA, false);
        Execute second = read(untyped().writeLongLE(5), shape, NO_LONG_DATA, false);

        assertThat(texts(second)).containsExactly("5");
        assertThat(second.binding().bytes())
                .as("the same values make the same digest")
                .isEqualTo(first.binding().bytes());
        assertThat(second.binding().bytes())
                .isNotEqualTo(read(untyped().writeLongLE(6), shape, NO_LONG_DATA, false)
                        .binding()
                        .bytes());
    }

    @Test
    void aServerThatNeverSawTheTypesIsToldThem() {
        Shape shape = new Shape(1);
        read(typed(8).writeLongLE(5), shape, NO_LONG_DATA, false);
        ByteBuf payload = untyped().writeLongLE(6);
        Execute second = read(payload, shape, NO_LONG_DATA, false);
        assertThat(shape.mustTell(second)).isTrue();

        ByteBuf out = Unpooled.buffer();
        second.writeTyped(payload, 0, payload.readableBytes(), out);

        assertThat(out).isEqualTo(typed(8).writeLongLE(6));
        shape.tell(second);
        assertThat(shape.mustTell(read(payload, shape, NO_LONG_DATA, false))).isFalse();
        shape.doubt();
        assertThat(shape.mustTell(read(payload, shape, NO_LONG_DATA, false))).isTrue();
    }

    @Test
    void valuesSentAheadTakeTheirPlacesAndArePartOfTheBinding() {
        LongData ahead = new LongData();
        ahead.add(0, bytes("long "));
        ahead.add(0, bytes("value"));
        ByteBuf payload =
                begin(1, 0).writeByte(0).writeByte(1).writeShortLE(252).writeShortLE(3);
        payload.writeIntLE(9);

        Execute execute = read(payload, new Shape(2), ahead, false);

        assertThat(texts(execute)).containsExactly("long value", "9");
        assertThat(ahead.size()).isEqualTo(10);
        ahead.add(0, bytes("!"));
        assertThat(read(payload, new Shape(2), ahead, false).binding().bytes())
                .isNotEqualTo(execute.binding().bytes());
        ahead.add(2, bytes("nobody's"));
        assertThatThrownBy(() -> read(payload, new Shape(2), ahead, false)).isInstanceOf(WrongArguments.class);
    }

    @Test
    void aValueSentAheadForANumberIsAViolation() {
        LongData ahead = new LongData();
        ahead.add(0, bytes("12345678"));

        assertThatThrownBy(() -> read(typed(8), new Shape(1), ahead, false)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void attributesAreShownBehindTheParametersByTheirNames() {
        ByteBuf payload = begin(1, 8).writeByte(2).writeByte(0).writeByte(1);
        payload.writeShortLE(3).writeByte(0).writeShortLE(253);
        Packet.string(payload, "trace");
        payload.writeIntLE(5);
        Packet.string(payload, "abc");

        Execute execute = read(payload, new Shape(1), NO_LONG_DATA, true);

        assertThat(texts(execute)).containsExactly("5", "trace = abc");
        assertThat(execute.wantsCursor()).isFalse();
    }

    @Test
    void namesOfValuesComeWithAttributesEvenWhereTheyAreNotCounted() {
        ByteBuf payload = begin(1, 0)
                .writeByte(0)
                .writeByte(1)
                .writeShortLE(3)
                .writeByte(0)
                .writeIntLE(5);

        assertThat(texts(read(payload, new Shape(1), NO_LONG_DATA, true))).containsExactly("5");
    }

    @Test
    void anExecutionWithoutValuesHasNone() {
        Execute execute = read(begin(3, 0), new Shape(0), NO_LONG_DATA, false);

        assertThat(execute.binding().parameters()).isEmpty();
        assertThat(new Shape(0).mustTell(execute)).isFalse();
    }

    @Test
    void aBulkExecutionShowsTheValuesOfAllItsRows() {
        ByteBuf payload = Unpooled.buffer().writeByte(0xfa).writeIntLE(4).writeShortLE(128 | 64);
        payload.writeShortLE(3).writeShortLE(253);
        payload.writeByte(0).writeIntLE(1).writeByte(0);
        Packet.string(payload, "a");
        payload.writeByte(0).writeIntLE(2).writeByte(1);
        payload.writeByte(2).writeByte(3);
        Shape shape = new Shape(2);

        Execute execute = Execute.readBulk(new Body(payload, 1, payload.writerIndex()), shape);

        assertThat(texts(execute)).containsExactly("1", "a", "2", null, "DEFAULT", "(left as it is)");

        ByteBuf again = Unpooled.buffer().writeByte(0xfa).writeIntLE(4).writeShortLE(64);
        again.writeByte(0).writeIntLE(3).writeByte(1);
        Execute untyped = Execute.readBulk(new Body(again, 1, again.writerIndex()), shape);
        ByteBuf out = Unpooled.buffer();
        untyped.writeTyped(again, 0, again.readableBytes(), out);
        ByteBuf expected = Unpooled.buffer().writeByte(0xfa).writeIntLE(4).writeShortLE(128 | 64);
        expected.writeShortLE(3).writeShortLE(253).writeByte(0).writeIntLE(3).writeByte(1);
        assertThat(out).isEqualTo(expected);
    }

    @Test
    void valuesWithoutTypesAreRefusedAsByAServer() {
        assertThatThrownBy(() -> read(untyped().writeLongLE(5), new Shape(1), NO_LONG_DATA, false))
                .isInstanceOf(WrongArguments.class);
    }

    @Test
    void whatServersMightReadInAnotherWayIsAViolation() {
        List<ByteBuf> payloads = List.of(
                typed(9).writeIntLE(1),
                typed(13).writeShortLE(1),
                typed(6),
                typed(99).writeByte(0),
                typed(0x0103).writeIntLE(1),
                typed(10).writeByte(5).writeZero(5),
                typed(11).writeByte(7).writeZero(7),
                typed(3).writeIntLE(1).writeByte(0),
                typed(253).writeByte(9).writeByte('x'),
                typed(253).writeByte(0xfb),
                begin(1, 0));

        for (ByteBuf payload : payloads) {
            assertThatThrownBy(() -> read(payload, new Shape(1), NO_LONG_DATA, false))
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    private static Execute read(ByteBuf payload, Shape shape, LongData ahead, boolean attributes) {
        return Execute.read(
                new Body(payload, payload.readerIndex() + 1, payload.writerIndex()), shape, ahead, attributes);
    }

    private static List<String> texts(Execute execute) {
        return execute.binding().parameters().stream().map(Parameter::text).toList();
    }

    private static ByteBuf begin(int statement, int flags) {
        return Unpooled.buffer()
                .writeByte(0x17)
                .writeIntLE(statement)
                .writeByte(flags)
                .writeIntLE(1);
    }

    private static ByteBuf typed(int type) {
        return begin(1, 0).writeByte(0).writeByte(1).writeShortLE(type);
    }

    private static ByteBuf untyped() {
        return begin(1, 0).writeByte(0).writeByte(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
