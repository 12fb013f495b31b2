package dev.gatehouse.bench.micro;

import dev.gatehouse.firewall.masking.Prose;
import dev.gatehouse.firewall.masking.ValueForm;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.policy.ValueKind;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.masking.detect.Catch;
import dev.gatehouse.masking.detect.Net;
import dev.gatehouse.masking.masks.Masks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it takes to look through one text for what gives itself away. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DetectionBenchmark {

    private static final String PROSE =
            "Called on Monday about order 20931, will come back to us by the end of the week. ";

    /** A text. */
    @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to what it holds.
    public enum Text {
        WORD("Springfield"),
        SENTENCE(PROSE),
        SENTENCE_WITH_CARD(PROSE + "Paid with 4111 1111 1111 1111."),
        PAGE(PROSE.repeat(50));

        private final byte[] bytes;

        Text(String text) {
            this.bytes = text.getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** What is looked for. */
    @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to what it holds.
    public enum Kinds {
        CARD_NUMBER(ValueKind.CARD_NUMBER),
        ALL(ValueKind.values());

        private final List<ValueKind> kinds;

        Kinds(ValueKind... kinds) {
            this.kinds = List.of(kinds);
        }
    }

    /** The text that is looked through. */
    @Param
    public Text text = Text.WORD;

    /** What for. */
    @Param
    public Kinds kinds = Kinds.ALL;

    private final ByteBuf out = Unpooled.directBuffer(8192);
    private ByteBuf value = Unpooled.EMPTY_BUFFER;
    private Net net = new Net(List.of(), Prose.PLAIN);

    /** Makes the net, as for the first row of a result. */
    @Setup
    public void make() {
        value = Unpooled.directBuffer(text.bytes.length).writeBytes(text.bytes);
        Masks masks = new Masks(new Secret("of the benchmark"), LocalDate.EPOCH);
        MaskRule rule = new MaskRule("masked", new Transform.CardLast4());
        Stream<Catch> catches = kinds.kinds.stream().map(kind -> new Catch(kind, masks.of(rule, ValueForm.STRINGS)));
        net = new Net(catches.toList(), Prose.PLAIN);
    }

    /** Looks through one value. */
    @Benchmark
    public int write() {
        out.clear();
        return net.write(value, 0, text.bytes.length, out);
    }
}
