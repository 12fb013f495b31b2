package dev.gatehouse.masking.masks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.masking.DecimalText;
import dev.gatehouse.firewall.masking.IsoText;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.ValueForm;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.policy.Transform.FormatPreserving.Alphabet;
import dev.gatehouse.firewall.session.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

    private static final Secret KEY = new Secret("key");

    private static Mask mask(Transform transform) {
        return new Masks(new Secret("own"), LocalDate.of(2026, 5, 4))
                .of(new MaskRule("m", transform), ValueForm.STRINGS);
    }

    private static @Nullable String masked(Transform transform, String value) {
        return masked(transform, value.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String masked(Transform transform, byte[] value) {
        return masked(mask(transform), value);
    }

    /** The masked form of a value that stands amid other bytes; null for NULL. */
    private static @Nullable String masked(Mask mask, byte[] value) {
        ByteBuf row = Unpooled.buffer();
        ByteBuf out = Unpooled.buffer();
        row.writeByte('<').writeBytes(value).writeByte('>');
        out.writeByte('[');
        int written = mask.write(row, 1, value.length, out);
        assertThat(out.readableBytes()).isEqualTo(1 + Math.max(0, written));
        return written == Mask.NULL ? null : out.toString(1, written, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "maya@acme.test, m***@acme.test, m***, ***",
        "m@acme.test, ***@acme.test, ***, ***",
        "émile@acme.test, é***@acme.test, é***, ***",
        "a@b@c.test, a***@c.test, a***, ***",
        "no address, ***, ***, ***",
        "@acme.test, ***, ***, ***",
        "maya@, ***, ***, ***",
        "see @ the long text, ***, ***, ***",
        "'', ***, ***, ***",
    })
    void anAddressKeepsWhatTheRuleKeeps(String value, String domain, String first, String none) {
        assertThat(masked(new Transform.Email(Transform.Email.Keep.DOMAIN), value))
                .isEqualTo(domain);
        assertThat(masked(new Transform.Email(Transform.Email.Keep.FIRST), value))
                .isEqualTo(first);
        assertThat(masked(new Transform.Email(Transform.Email.Keep.NONE), value))
                .isEqualTo(none);
    }

    @ParameterizedTest
    @CsvSource({
        "4111111111111111, ••••••••••••1111",
        "4111-1111-1111-1234, ••••••••••••1234",
        "4111 1111 1111 1234, ••••••••••••1234",
        "12345678, ••••5678",
        "1234567, •••••••",
        "none, ••••",
        "'', ''",
    })
    void aCardKeepsItsLastFourDigits(String value, String expected) {
        assertThat(masked(new Transform.CardLast4(), value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "123-45-6789, 0, 4, '*', *******6789",
        "abcdef, 2, 1, '*', ab***f",
        "abcdef, 0, 0, '·', ······",
        "abc, 2, 1, '*', ***",
        "ab, 2, 1, '*', **",
        "äöüß, 1, 1, '–', ä––ß",
        "😀😁😂, 1, 1, 'xy', 😀xy😂",
        "'', 1, 1, '*', ''",
    })
    void aValueKeepsItsEndsOnlyIfSomethingIsBetween(String value, int first, int last, String fill, String expected) {
        assertThat(masked(new Transform.Partial(first, last, fill), value)).isEqualTo(expected);
    }

    @Test
    void aHashIsTheHmacOfTheValue() {
        // RFC 4231's second test case has the key "Jefe".
        Transform hash = new Transform.Hash("k", new Secret("Jefe"), 64);
        assertThat(masked(hash, "what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(masked(new Transform.Hash("k", new Secret("Jefe"), 9), "what do ya want for nothing?"))
                .isEqualTo("5bdcc146b");
    }

    @Test
    void aTokenHasItsPrefixAndIsTheSameForEqualValues() {
        Transform token = new Transform.Tokenize("k", KEY, "cus_");
        String long1 = "a long value ".repeat(100);

        assertThat(masked(token, long1)).isEqualTo(masked(token, long1)).matches("cus_[0-9a-f]{32}");
        assertThat(masked(token, long1 + "x")).isNotEqualTo(masked(token, long1));
        assertThat(masked(new Transform.Tokenize("k", new Secret("other"), "cus_"), long1))
                .isNotEqualTo(masked(token, long1));
    }

    @Test
    void aFixedTextReplacesAnyValue() {
        assertThat(masked(new Transform.Redact("[secret]"), "anything")).isEqualTo("[secret]");
        assertThat(masked(new Transform.SetNull(), "anything")).isNull();
    }

    @Test
    void bytesThatAreNotUtf8BecomeNullWherePartsWouldBeKept() {
        List<byte[]> bad = List.of(
                new byte[] {'a', (byte) 0xc3},
                new byte[] {(byte) 0xc0, (byte) 0x80},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xe0, (byte) 0x80, (byte) 0x80});
        List<Transform> keeping = List.of(
                new Transform.Partial(1, 1, "*"),
                new Transform.CardLast4(),
                new Transform.Email(Transform.Email.Keep.DOMAIN));
        for (byte[] value : bad) {
            for (Transform transform : keeping) {
                assertThat(masked(transform, value)).isNull();
            }
        }
    }

    @Property
    void codePointsAreCountedAsJavaCountsThem(@ForAll String value) {
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(value));
        ByteBuf bytes = Unpooled.copiedBuffer(value, StandardCharsets.UTF_8);

        assertThat(Utf8.count(bytes, 0, bytes.readableBytes())).isEqualTo(value.codePointCount(0, value.length()));
    }

    @Property
    void bytesAreUtf8ExactlyWhenJavaSaysSo(@ForAll @Size(max = 5) byte[] value) {
        boolean wellFormed;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            wellFormed = true;
        } catch (CharacterCodingException e) {
            wellFormed = false;
        }
        assertThat(Utf8.count(Unpooled.wrappedBuffer(value), 0, value.length) != Utf8.INVALID)
                .isEqualTo(wellFormed);
    }

    @Property
    void aPartialMaskShowsItsPartsAndNothingElse(
            @ForAll @StringLength(min = 1, max = 20) String value,
            @ForAll @IntRange(max = 5) int first,
            @ForAll @IntRange(max = 5) int last) {
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(value) && value.indexOf('\u2022') < 0);
        int[] points = value.codePoints().toArray();

        String result = Objects.requireNonNull(masked(new Transform.Partial(first, last, "\u2022"), value));

        assertThat(result).isNotEqualTo(value);
        int[] shown = result.codePoints().toArray();
        assertThat(shown).hasSameSizeAs(points);
        boolean ends = points.length > first + last;
        for (int i = 0; i < points.length; i++) {
            boolean kept = ends && (i < first || i >= points.length - last);
            assertThat(shown[i]).isEqualTo(kept ? points[i] : '\u2022');
        }
    }

    @Property
    void noMaskGivesBackWhatItGot(@ForAll @StringLength(min = 1, max = 40) String value) {
        Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(value));
        Assume.that(value.indexOf('*') < 0 && value.indexOf('\u2022') < 0);
        for (Transform transform : List.of(
                new Transform.Redact("***"),
                new Transform.CardLast4(),
                new Transform.Hash("k", KEY, 64),
                new Transform.Tokenize("k", KEY, "t_"),
                new Transform.Partial(2, 2, "*"),
                new Transform.Email(Transform.Email.Keep.DOMAIN),
                new Transform.Email(Transform.Email.Keep.FIRST))) {
            assertThat(masked(transform, value)).isNotEqualTo(value);
        }
    }

    private static final Secret FF1 = new Secret("a key of the tests");

    private static String preserved(String value, Alphabet alphabet) {
        return Objects.toString(masked(
                mask(new Transform.FormatPreserving("k", FF1, alphabet)), value.getBytes(StandardCharsets.UTF_8)));
    }

    @CsvSource(
            delimiter = '|',
            value = {
                "DIGITS | +49 (170) 555-1234 | \\+\\d\\d \\(\\d{3}\\) \\d{3}-\\d{4}",
                "DIGITS | 123456             | \\d{6}",
                "DIGITS | 12345              | null",
                "DIGITS | 12345x6            | null",
                "DIGITS | 12345٦6            | null",
                "ALNUM  | AB12               | [0-9A-Za-z]{4}",
                "ALNUM  | AB1                | null",
                "UPPER  | ACME-KG            | [A-Z]{4}-[A-Z]{2}",
                "UPPER  | Acme-KG            | null",
                "LOWER  | abcde              | [a-z]{5}",
                "LOWER  | abcd               | null",
                "DIGITS | ---                | null"
            })
    @ParameterizedTest
    void formatsAreKeptAndSmallDomainsAreNot(Alphabet alphabet, String value, String form) {
        assertThat(preserved(value, alphabet)).matches(form).isNotEqualTo(value).isEqualTo(preserved(value, alphabet));
    }

    @Property(tries = 200)
    void differentValuesStayDifferent(
            @ForAll @IntRange(max = 9_999_999) int one, @ForAll @IntRange(max = 9_999_999) int other) {
        Assume.that(one != other);
        assertThat(preserved("%08d".formatted(one), Alphabet.DIGITS))
                .isNotEqualTo(preserved("%08d".formatted(other), Alphabet.DIGITS));
    }

    private static @Nullable String number(Transform transform, DecimalText form, String value, int day) {
        Mask mask = new Masks(new Secret("own"), LocalDate.of(2026, 5, day)).of(new MaskRule("m", transform), form);
        return masked(mask, value.getBytes(StandardCharsets.UTF_8));
    }

    @CsvSource({
        "INT4, 17, 10",
        "INT4, -1, -10",
        "INT4, 20, 20",
        "INT4, -2147483648, null",
        "NUMERIC, 19.99, 10.00",
        "FLOAT8, 1.5e3, 1500",
        "FLOAT8, NaN, null",
        "NUMERIC, Infinity, null",
        "INT4, 1-2, null",
        "NUMERIC, 1e999999999, null",
        "UNSIGNED8, 18446744073709551615, 18446744073709551610"
    })
    @ParameterizedTest
    void aRangeShowsItsLowerEnd(DecimalText form, String value, String shown) {
        assertThat(Objects.toString(number(new Transform.Bucket(BigDecimal.TEN), form, value, 4)))
                .isEqualTo(shown);
    }

    @Test
    void noiseIsTheSameAllDayAndAnotherTheNext() {
        Transform.Noise daily = new Transform.Noise(new BigDecimal("0.5"), BigDecimal.ZERO, Transform.Noise.Per.VALUE);
        String shown = number(daily, DecimalText.INT8, "1000000000", 4);
        assertThat(number(daily, DecimalText.INT8, "1000000000", 4)).isEqualTo(shown);
        assertThat(number(daily, DecimalText.INT8, "1000000000", 5)).isNotEqualTo(shown);
        Transform.Noise anew =
                new Transform.Noise(BigDecimal.ZERO, new BigDecimal(1_000_000), Transform.Noise.Per.QUERY);
        assertThat(number(anew, DecimalText.INT8, "5", 4)).isNotEqualTo(number(anew, DecimalText.INT8, "5", 4));
    }

    @Property
    void noiseStaysWithinItsBounds(@ForAll long value) {
        Transform.Noise noise = new Transform.Noise(new BigDecimal("0.1"), BigDecimal.ONE, Transform.Noise.Per.VALUE);
        String shown = number(noise, DecimalText.NUMERIC, Long.toString(value), 4);
        BigDecimal off = new BigDecimal(Objects.requireNonNull(shown))
                .subtract(BigDecimal.valueOf(value))
                .abs();
        assertThat(off)
                .isLessThanOrEqualTo(
                        BigDecimal.valueOf(value).abs().movePointLeft(1).add(new BigDecimal("1.5")));
    }

    @CsvSource({
        "MONTHS, 2024-02-29, 2024-02-01",
        "YEARS, 2024-02-29 23:59:59.5, 2024-01-01 00:00:00",
        "DAYS, 2024-02-29 23:59:59+05:30, 2024-02-29 00:00:00+05:30",
        "HOURS, 2024-02-29 23:59:59.123456-03, 2024-02-29 23:00:00-03",
        "MONTHS, 0000-00-00, null",
        "MONTHS, infinity, null",
        "MONTHS, 0044-03-15 BC, null",
        "MONTHS, 29/02/2024, null",
        "MONTHS, 10000-01-01, null"
    })
    @ParameterizedTest
    void datesAreTruncated(ChronoUnit to, String value, String shown) {
        Mask mask = new Masks(new Secret("own"), LocalDate.of(2026, 5, 4))
                .of(new MaskRule("m", new Transform.TruncateDate(to)), IsoText.TEXT);
        assertThat(Objects.toString(masked(mask, value.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(shown);
    }

    /** A mask that knows nothing of a column's values shows none of them. */
    @Test
    void whatDoesNotFitIsNull() {
        Masks masks = new Masks(new Secret("own"), LocalDate.of(2026, 5, 4));
        List<Transform> numbers = List.of(
                new Transform.Bucket(BigDecimal.TEN),
                new Transform.Noise(BigDecimal.ONE, BigDecimal.ZERO, Transform.Noise.Per.VALUE),
                new Transform.TruncateDate(ChronoUnit.DAYS));
        for (Transform transform : numbers) {
            assertThat(masked(masks.of(new MaskRule("m", transform), ValueForm.STRINGS), new byte[] {'7'}))
                    .isNull();
            assertThat(masked(masks.of(new MaskRule("m", transform), ValueForm.UNREADABLE), new byte[] {'7'}))
                    .isNull();
        }
        assertThat(masked(masks.of(new MaskRule("m", new Transform.Redact("x")), DecimalText.INT4), new byte[] {'7'}))
                .isNull();
    }
}
