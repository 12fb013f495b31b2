package dev.gatehouse.bench.micro;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.journal.EndlessSpool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What recording frames costs an event loop; the writer's part is the writer's thread's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBenchmark {

    private static final int SMALL_BYTES = 128;
    private static final int LARGE_BYTES = 16 << 10;

    private final Recorder recorder = EndlessSpool.open();
    private final ByteBuf small = ByteBufAllocator.DEFAULT.directBuffer().writeZero(SMALL_BYTES);
    private final ByteBuf large = ByteBufAllocator.DEFAULT.directBuffer().writeZero(LARGE_BYTES);

    /** The frames of a small query. */
    @Benchmark
    public void appendSmallFrames() {
        recorder.frames(1, Direction.FROM_CLIENT, small, 0, SMALL_BYTES);
    }

    /** What one read of a large answer brings. */
    @Benchmark
    public void appendLargeFrames() {
        recorder.frames(1, Direction.TO_CLIENT, large, 0, LARGE_BYTES);
    }
}
