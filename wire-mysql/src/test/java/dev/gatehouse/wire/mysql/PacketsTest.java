package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.mysql.Packets.Verdict;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PacketsTest {

    private static final int MAX = Packet.MAX_PAYLOAD;

    private final List<String> seen = new ArrayList<>();
    private final ByteBuf passed = Unpooled.buffer();
    private int stops;
    private Packets packets = fresh(1000);

    private Packets fresh(int most) {
        seen.clear();
        passed.clear();
        stops = 0;
        return new Packets(
                new Packets.Reader() {
                    @Override
                    public boolean wants(int first, int length) {
                        return first != 'D';
                    }

                    @Override
                    public Verdict payload(ByteBuf bytes, int index, int length) {
                        return show(bytes, index, length);
                    }
                },
                bytes -> {
                    passed.writeBytes(bytes);
                    bytes.release();
                },
                ByteBufAllocator.DEFAULT,
                most,
                new Numbers(),
                new Numbers());
    }

    private Verdict show(ByteBuf bytes, int index, int length) {
        String text = length > 1000 ? "of " + length : bytes.toString(index, length, StandardCharsets.US_ASCII);
        if (text.startsWith("stop") && stops++ == 0) {
            return Verdict.STOP;
        }
        seen.add(text);
        return text.startsWith("take") ? Verdict.TAKE : Verdict.PASS;
    }

    private static ByteBuf stream(String... payloads) {
        ByteBuf out = ByteBufAllocator.DEFAULT.buffer();
        int number = 0;
        for (String payload : payloads) {
            int start = Packet.begin(out, number++);
            out.writeCharSequence(payload, StandardCharsets.US_ASCII);
            Packet.end(out, start);
        }
        return out;
    }

    private static ByteBuf large(char first, int length) {
        Numbers numbers = new Numbers();
        ByteBuf payload = Unpooled.buffer(length).writeByte(first).writeZero(length - 1);
        ByteBuf out = ByteBufAllocator.DEFAULT.buffer(length + 16);
        Payloads.write(out, payload, 0, length, numbers);
        return out;
    }

    private static String text(ByteBuf bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private void acceptSplit(ByteBuf whole, int first, int second) {
        int a = Math.min(first, whole.readableBytes());
        int b = Math.min(Math.max(first, second), whole.readableBytes());
        packets.accept(whole.copy(0, a));
        packets.accept(whole.copy(a, b - a));
        packets.accept(whole.copy(b, whole.readableBytes() - b));
        whole.release();
    }

    @Property
    void anySplitGivesTheSamePayloadsAndTheSameBytes(
            @ForAll @IntRange(max = 60) int first, @ForAll @IntRange(max = 60) int second) {
        packets = fresh(1000);
        acceptSplit(stream("Tcolumns", "Drow", "takeit", "Dcopied", "", "take", "Nnotice", "D"), first, second);
        assertThat(seen).containsExactly("Tcolumns", "takeit", "", "take", "Nnotice");
        ByteBuf expected = stream("Tcolumns", "Drow", "Dcopied", "", "Nnotice", "D");
        assertThat(text(passed)).isEqualTo(text(expected));
        assertThat(packets.atBoundary()).isTrue();
        expected.release();
    }

    @Property
    void aStoppedPayloadIsShownAgainAndNothingOvertakesIt(
            @ForAll @IntRange(max = 40) int first, @ForAll @IntRange(max = 40) int second) {
        packets = fresh(1000);
        acceptSplit(stream("before", "stop", "Drow", "after"), first, second);
        assertThat(seen).containsExactly("before");
        assertThat(packets.stashedBytes()).isPositive();
        packets.resume();
        assertThat(seen).containsExactly("before", "stop", "after");
        ByteBuf expected = stream("before", "stop", "Drow", "after");
        assertThat(text(passed)).isEqualTo(text(expected));
        expected.release();
    }

    @Test
    void anUnwantedPayloadOfAnySizeStreamsThrough() {
        ByteBuf begun = ByteBufAllocator.DEFAULT.buffer();
        begun.writeMediumLE(MAX).writeByte(0).writeByte('D');
        packets.accept(begun);
        assertThat(passed.readableBytes()).isEqualTo(5);
        assertThat(packets.atBoundary()).isFalse();
    }

    @Test
    void whatFollowsInALongPayloadIsNotTakenForANewOne() {
        ByteBuf all = large('D', 2 * MAX);
        ByteBuf next = all.alloc().buffer().writeBytes(all).writeBytes(new byte[] {2, 0, 0, 3, 'o', 'k'});
        all.release();
        int size = next.readableBytes();
        packets.accept(next);
        assertThat(seen).containsExactly("ok");
        assertThat(passed.readableBytes()).isEqualTo(size);
        assertThat(packets.atBoundary()).isTrue();
    }

    @Test
    void aWantedPayloadOfSeveralPacketsIsJoinedAndGoesOnAsItCame() {
        packets = fresh(64 << 20);
        ByteBuf all = large('q', 2 * MAX + 5);
        ByteBuf expected = all.copy();
        packets.accept(all.copy(0, MAX + 100));
        packets.accept(all.copy(MAX + 100, all.readableBytes() - MAX - 100));
        assertThat(seen).containsExactly("of " + (2 * MAX + 5));
        assertThat(passed.equals(expected)).isTrue();
        all.release();
        expected.release();
    }

    @Test
    void packetsGetTheNumbersThatAreTheirTurnOnTheOtherSide() {
        packets.accept(stream("a", "take", "Drow", "b"));
        assertThat(passed.getByte(3)).isZero();
        assertThat(passed.getByte(8)).isEqualTo((byte) 1);
        assertThat(passed.getByte(16)).isEqualTo((byte) 2);
    }

    @Test
    void numbersOutOfOrderAreAViolation() {
        ByteBuf stream = stream("a", "b");
        stream.setByte(8, 7);
        assertThatThrownBy(() -> packets.accept(stream)).isInstanceOf(ProtocolViolation.class);
        assertThat(stream.refCnt()).isZero();
    }

    @Test
    void aWantedPayloadOverTheLimitEndsTheSession() {
        ByteBuf begun = ByteBufAllocator.DEFAULT.buffer();
        begun.writeMediumLE(1001).writeByte(0).writeByte('C');
        assertThatThrownBy(() -> packets.accept(begun)).isInstanceOf(ProtocolViolation.class);
        assertThat(begun.refCnt()).isZero();
    }
}
