package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.postgres.Frames.Verdict;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
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

final class FramesTest {

    private final List<String> seen = new ArrayList<>();
    private final ByteBuf passed = Unpooled.buffer();
    private int stops;

    private final Tags tags = Tags.backend();
    private final Frames frames = new Frames(
            this::frame,
            bytes -> {
                passed.writeBytes(bytes);
                bytes.release();
            },
            tags,
            ByteBufAllocator.DEFAULT,
            1000);

    private Verdict frame(byte tag, ByteBuf bytes, int index, int length) {
        String body = bytes.toString(index + 5, length - 5, StandardCharsets.US_ASCII);
        if (body.equals("stop") && stops++ == 0) {
            return Verdict.STOP;
        }
        seen.add((char) tag + body);
        return body.equals("take") ? Verdict.TAKE : Verdict.PASS;
    }

    private static ByteBuf stream(String... messages) {
        ByteBuf out = ByteBufAllocator.DEFAULT.buffer();
        for (String message : messages) {
            out.writeByte(message.charAt(0)).writeInt(message.length() + 3);
            out.writeCharSequence(message.substring(1), StandardCharsets.US_ASCII);
        }
        return out;
    }

    private static String text(ByteBuf bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private void acceptSplit(ByteBuf whole, int first, int second) {
        int a = Math.min(first, whole.readableBytes());
        int b = Math.min(Math.max(first, second), whole.readableBytes());
        frames.accept(whole.copy(0, a));
        frames.accept(whole.copy(a, b - a));
        frames.accept(whole.copy(b, whole.readableBytes() - b));
        whole.release();
    }

    @Property
    void anySplitGivesTheSameFramesAndTheSameBytes(
            @ForAll @IntRange(max = 60) int first, @ForAll @IntRange(max = 60) int second) {
        seen.clear();
        passed.clear();
        acceptSplit(stream("Tcolumns", "Drow", "Ctake", "dcopied", "Ztake", "Nnotice", "D"), first, second);
        assertThat(seen).containsExactly("Tcolumns", "Ctake", "Ztake", "Nnotice");
        ByteBuf expected = stream("Tcolumns", "Drow", "dcopied", "Nnotice", "D");
        assertThat(text(passed)).isEqualTo(text(expected));
        assertThat(frames.atBoundary()).isTrue();
        expected.release();
    }

    @Property
    void aStoppedFrameIsShownAgainAndNothingOvertakesIt(
            @ForAll @IntRange(max = 40) int first, @ForAll @IntRange(max = 40) int second) {
        seen.clear();
        passed.clear();
        stops = 0;
        acceptSplit(stream("Tbefore", "Cstop", "Drow", "Zafter"), first, second);
        assertThat(seen).containsExactly("Tbefore");
        assertThat(frames.stashedBytes()).isPositive();
        frames.resume();
        assertThat(seen).containsExactly("Tbefore", "Cstop", "Zafter");
        ByteBuf expected = stream("Tbefore", "Cstop", "Drow", "Zafter");
        assertThat(text(passed)).isEqualTo(text(expected));
        expected.release();
    }

    @Test
    void anUnwantedFrameOfAnySizeStreamsThrough() {
        ByteBuf header = ByteBufAllocator.DEFAULT.buffer();
        header.writeByte('D').writeInt(1_000_000_000).writeByte(1);
        frames.accept(header);
        assertThat(passed.readableBytes()).isEqualTo(6);
        assertThat(frames.atBoundary()).isFalse();
    }

    @Test
    void aWantedFrameOverTheLimitEndsTheSession() {
        ByteBuf header = ByteBufAllocator.DEFAULT.buffer();
        header.writeByte('C').writeInt(1001);
        assertThatThrownBy(() -> frames.accept(header)).isInstanceOf(ProtocolViolation.class);
        assertThat(header.refCnt()).isZero();
    }

    @Test
    void anUnknownTypeIsAViolation() {
        ByteBuf stream = stream("?what");
        assertThatThrownBy(() -> frames.accept(stream)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aLengthThatDoesNotCountItselfIsAViolation() {
        ByteBuf header = ByteBufAllocator.DEFAULT.buffer();
        header.writeByte('D').writeInt(3);
        assertThatThrownBy(() -> frames.accept(header)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void wantingATypeTakesEffectAtTheVeryNextFrame() {
        tags.want('D', true);
        frames.accept(stream("Drow"));
        tags.want('D', false);
        frames.accept(stream("Dother"));
        assertThat(seen).containsExactly("Drow");
        ByteBuf expected = stream("Drow", "Dother");
        assertThat(text(passed)).isEqualTo(text(expected));
        expected.release();
    }
}
