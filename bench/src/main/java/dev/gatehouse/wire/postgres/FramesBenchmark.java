package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.masking.ValueForm;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.masking.masks.Masks;
import dev.gatehouse.wire.postgres.message.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to cut the answer to one small query into frames, and to rewrite one wide row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FramesBenchmark {

    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final int OUT_BYTES = 4096;

    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private final ByteBuf answer = answer();
    private final ByteBuf row =
            row("1", "Customer Number 1", "customer1@example.test", "Springfield 1", "b".repeat(30));
    private final ByteBuf out = allocator.directBuffer(OUT_BYTES);
    private final MaskPlan plan = plan();
    private final Frames frames = new Frames(
            (tag, bytes, index, length) -> Frames.Verdict.PASS,
            ByteBuf::release,
            Tags.backend(),
            allocator,
            MAX_FRAME_BYTES);

    private static MaskPlan plan() {
        Masks made = new Masks(new Secret("of the benchmark"), LocalDate.EPOCH);
        List<@Nullable Mask> masks = new ArrayList<>();
        masks.add(null);
        masks.add(made.of(new MaskRule("name", new Transform.Partial(1, 0, "*")), ValueForm.STRINGS));
        masks.add(made.of(new MaskRule("email", new Transform.Email(Transform.Email.Keep.DOMAIN)), ValueForm.STRINGS));
        masks.add(null);
        masks.add(null);
        return MaskPlan.of(masks);
    }

    /** BindComplete, a row, CommandComplete and ReadyForQuery, as one read brings them. */
    private ByteBuf answer() {
        ByteBuf bytes = allocator.directBuffer();
        bytes.writeByte('2').writeInt(Integer.BYTES);
        ByteBuf one = row("0");
        bytes.writeBytes(one);
        one.release();
        Frame.strings(bytes, 'C', "SELECT 1");
        bytes.writeByte('Z').writeInt(Integer.BYTES + 1).writeByte('I');
        return bytes;
    }

    private ByteBuf row(String... values) {
        ByteBuf bytes = allocator.directBuffer();
        int start = Frame.begin(bytes, (byte) 'D');
        bytes.writeShort(values.length);
        for (String value : values) {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            bytes.writeInt(text.length).writeBytes(text);
        }
        Frame.end(bytes, start);
        return bytes;
    }

    /** Cuts four frames that all pass on. */
    @Benchmark
    public void cutAnswer() {
        frames.accept(answer.retain());
    }

    /** Rewrites a row of five columns, two of which are masked. */
    @Benchmark
    public int rewriteRow() {
        out.clear();
        DataRows.rewrite(plan, row, 0, row.readableBytes(), out);
        return out.writerIndex();
    }
}
