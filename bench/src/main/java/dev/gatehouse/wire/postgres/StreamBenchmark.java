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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a row of a long answer takes in the engine, by how many of its five columns are masked: milliseconds a million rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamBenchmark {

    private static final int ROWS = 500;
    private static final int COLUMNS = 5;
    private static final int MAX_FRAME_BYTES = 1 << 20;

    /** How many columns are masked. */
    @Param({"0", "1", "3"})
    public int masked = 0;

    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private final ByteBuf answer = answer();
    private final ByteBuf out = allocator.directBuffer(answer.readableBytes());
    private final Tags tags = Tags.backend();
    private final Frames frames = new Frames(this::row, ByteBuf::release, tags, allocator, MAX_FRAME_BYTES);
    private MaskPlan plan = MaskPlan.empty();

    private ByteBuf answer() {
        ByteBuf bytes = allocator.directBuffer();
        for (int i = 0; i < ROWS; i++) {
            int start = Frame.begin(bytes, DataRows.TAG);
            bytes.writeShort(COLUMNS);
            String[] values = {
                "" + i, "Customer Number " + i, "customer" + i + "@example.test", "Springfield " + i, "b".repeat(30)
            };
            for (String value : values) {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                bytes.writeInt(text.length).writeBytes(text);
            }
            Frame.end(bytes, start);
        }
        return bytes;
    }

    private Frames.Verdict row(byte tag, ByteBuf bytes, int index, int length) {
        DataRows.rewrite(plan, bytes, index, length, out);
        return Frames.Verdict.TAKE;
    }

    /** Masks none, the e-mail address, or the name and the city besides. */
    @Setup
    public void plan() {
        Masks made = new Masks(new Secret("of the benchmark"), LocalDate.EPOCH);
        Mask partial = made.of(new MaskRule("partial", new Transform.Partial(1, 0, "*")), ValueForm.STRINGS);
        Mask email =
                made.of(new MaskRule("email", new Transform.Email(Transform.Email.Keep.DOMAIN)), ValueForm.STRINGS);
        List<@Nullable Mask> masks = new ArrayList<>();
        masks.add(null);
        masks.add(masked > 1 ? partial : null);
        masks.add(masked > 0 ? email : null);
        masks.add(masked > 1 ? partial : null);
        masks.add(null);
        plan = MaskPlan.of(masks);
        tags.want('D', masked > 0);
    }

    /** Reads rows, and passes or rewrites them. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int stream() {
        out.clear();
        frames.accept(answer.retain());
        return out.writerIndex();
    }
}
