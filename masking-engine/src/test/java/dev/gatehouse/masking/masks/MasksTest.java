package dev.gatehouse.masking.masks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.session.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
        return Masks.of(new MaskRule("m", transform), true);
    }

    private static @Nullable String masked(Transform transform, String value) {
        return masked(transform, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The masked form of a value that stands amid other bytes; null for NULL. */
    private static @Nullable String masked(Transform transform, byte[] value) {
        ByteBuf row = Unpooled.buffer();
        ByteBuf out = Unpooled.buffer();
        row.writeByte('<').writeBytes(value).writeByte('>');
        out.writeByte('[');
        int written = mask(transform).write(row, 1, value.length, out);
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
}
