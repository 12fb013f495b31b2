package dev.gatehouse.bench.micro;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.masking.masks.Masks;
import dev.gatehouse.wire.postgres.value.Forms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What each mask takes for one value of the usual kind, in PostgreSQL's text or binary form. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MasksBenchmark {

    private static final int VARCHAR = 1043;
    private static final int INT4 = 23;
    private static final int NUMERIC = 1700;
    private static final int DATE = 1082;
    private static final Secret KEY = new Secret("of the benchmark");

    /** A mask and what it is given. */
    @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to what it holds.
    public enum Case {
        SET_NULL(new Transform.SetNull(), VARCHAR, "maya@acme.test"),
        REDACT(new Transform.Redact("***"), VARCHAR, "maya@acme.test"),
        CARD_LAST4(new Transform.CardLast4(), VARCHAR, "4111 1111 1111 1234"),
        PARTIAL(new Transform.Partial(1, 2, "*"), VARCHAR, "Springfield"),
        EMAIL(new Transform.Email(Transform.Email.Keep.DOMAIN), VARCHAR, "maya@acme.test"),
        HASH(new Transform.Hash("key", KEY, 16), VARCHAR, "maya@acme.test"),
        TOKENIZE(new Transform.Tokenize("key", KEY, "tok_"), VARCHAR, "maya@acme.test"),
        FORMAT_PRESERVING(
                new Transform.FormatPreserving("key", KEY, Transform.FormatPreserving.Alphabet.DIGITS),
                VARCHAR,
                "+49 30 1234567"),
        BUCKET(new Transform.Bucket(BigDecimal.TEN), INT4, "54321"),
        BUCKET_NUMERIC(new Transform.Bucket(BigDecimal.TEN), NUMERIC, "54321.75"),
        BUCKET_BINARY(new Transform.Bucket(BigDecimal.TEN), INT4, new byte[] {0, 0, (byte) 0xd4, 0x31}),
        TRUNCATE_DATE(new Transform.TruncateDate(ChronoUnit.MONTHS), DATE, "2026-03-14"),
        TRUNCATE_DATE_BINARY(new Transform.TruncateDate(ChronoUnit.MONTHS), DATE, new byte[] {0, 0, 0x25, 0x6a}),
        NOISE(
                new Transform.Noise(new BigDecimal("0.1"), BigDecimal.ZERO, Transform.Noise.Per.VALUE),
                NUMERIC,
                "54321.75");

        private final Transform transform;
        private final int type;
        private final boolean binary;
        private final byte[] value;

        Case(Transform transform, int type, String value) {
            this.transform = transform;
            this.type = type;
            this.binary = false;
            this.value = value.getBytes(StandardCharsets.US_ASCII);
        }

        Case(Transform transform, int type, byte[] value) {
            this.transform = transform;
            this.type = type;
            this.binary = true;
            this.value = value;
        }
    }

    /** What is measured. */
    @Param
    public Case mask = Case.SET_NULL;

    private final ByteBuf out = Unpooled.directBuffer(256);
    private ByteBuf value = Unpooled.EMPTY_BUFFER;
    private Mask made = Masks.UNACCOUNTED;

    /** Makes the mask, as for the first row of a result. */
    @Setup
    public void make() {
        value = Unpooled.directBuffer(mask.value.length).writeBytes(mask.value);
        made = new Masks(KEY, LocalDate.EPOCH)
                .of(new MaskRule("masked", mask.transform), Forms.of(mask.type, mask.binary));
        int written = write();
        if (mask != Case.SET_NULL && written == Mask.NULL) {
            throw new IllegalStateException(mask + " knows nothing of its value");
        }
    }

    /** Masks one value. */
    @Benchmark
    public int write() {
        out.clear();
        return made.write(value, 0, mask.value.length, out);
    }
}
