package dev.gatehouse.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {

    @Test
    void userAndSystemTimeAreAddedWhateverTheProgramIsCalled() {
        String stat = "42 (a) (b c) S 1 42 42 0 -1 4194304 119 0 1 0 150 25 7 7 20 0 1 0 187123 3133440 390";

        assertThat(ProcessCpu.parse(stat)).isEqualTo(1_750_000);
    }

    @Test
    void ourOwnCpuGrowsAndIsNotLessThanThisThreads() throws IOException {
        long before = ProcessCpu.micros(ProcessHandle.current().pid());
        long spun = 0;
        long start = threadCpu();
        while (threadCpu() - start < 50_000_000) {
            spun++;
        }

        assertThat(spun).isPositive();
        assertThat(ProcessCpu.micros(ProcessHandle.current().pid()) - before).isGreaterThanOrEqualTo(30_000);
    }

    @Test
    void compilingIsAPartOfWhatThisJvmHasUsed() throws IOException {
        long self = ProcessHandle.current().pid();

        assertThat(ProcessCpu.compilingMicros(self)).isBetween(0L, ProcessCpu.micros(self));
    }

    private static long threadCpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
