package dev.gatehouse.masking.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.Prose;
import dev.gatehouse.firewall.masking.ValueForm;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.policy.ValueKind;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.masking.masks.Masks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetTest {

    private static final Masks MASKS = new Masks(new Secret("own"), LocalDate.of(2026, 5, 4));
    private static final Transform ANGLES = new Transform.Redact("<>");

    private static Net net(Prose prose, Transform transform, ValueKind... kinds) {
        List<Catch> catches = Arrays.stream(kinds)
                .map(kind -> new Catch(kind, MASKS.of(new MaskRule("m", transform), ValueForm.STRINGS)))
                .toList();
        return new Net(catches, prose);
    }

    private static @Nullable String shown(Net net, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        ByteBuf row = Unpooled.buffer().writeByte('7').writeBytes(bytes).writeByte('7');
        ByteBuf out = Unpooled.buffer().writeByte('[');
        int written = net.write(row, 1, bytes.length, out);
        assertThat(out.readableBytes()).isEqualTo(1 + Math.max(0, written));
        return written == Mask.NULL ? null : out.toString(1, written, StandardCharsets.UTF_8);
    }

    private static @Nullable String found(ValueKind kind, String value) {
        return shown(net(Prose.PLAIN, ANGLES, kind), value);
    }

    @ParameterizedTest
    @CsvSource({
        "4111111111111111, <>",
        "card 4111 1111 1111 1111., card <>.",
        "4111-1111-1111-1111;5500-0000-0000-0004, <>;<>",
        "4111 1111 1111 1111 5500 0000 0000 0004, <> <>",
        "12 4111 1111 1111 1111 12, 12 <> 12",
        "card_4111111111111111, card_<>",
        "3782 822463 10005, <>",
        "371449635398431, <>",
        "30569309025904, <>",
        "6011111111111117, <>",
        "3530111333300000, <>",
        "2223003122003222, <>",
        "４１１１ １１１１ １１１１ １１１１, <>",
        "卡号٤١١١١١١١١١١١١١١١号, 卡号<>号",
        "4111.1111.1111.1111, <>",
    })
    void cardNumbersAreFound(String value, String expected) {
        assertThat(found(ValueKind.CARD_NUMBER, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "411111111111111",
                "14111111111111111",
                "a4111111111111111",
                "4111111111111111b",
                "0.4111111111111111",
                "4111111111111111.5",
                "1711111111111111117",
                "9111111111111111",
                "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
                "4111  1111  1111  1111",
                "4111 1111-1111 1111",
                "41111111111111111111111",
                "550e8400-e29b-41d4-a716-446655440000",
                "2026-11-23 19:15:27.123456",
                "4111",
                "",
            })
    void whatIsNoCardNumberStays(String value) {
        assertThat(found(ValueKind.CARD_NUMBER, value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "DE89370400440532013000, <>",
        "to DE89 3704 0044 0532 0130 00 please, to <> please",
        "gb29nwbk60161331926819, <>",
        "NO9386011117947, <>",
        "MT84MALT011000012345MTLCAST001S, <>",
        "DE88370400440532013000, DE88370400440532013000",
        "DE8937040044053201300, DE8937040044053201300",
        "DE893704004405320130000, DE893704004405320130000",
        "ZZ89370400440532013000, ZZ89370400440532013000",
        "XDE89370400440532013000, XDE89370400440532013000",
        "DE, DE",
    })
    void accountNumbersAreFoundByTheirCheckDigits(String value, String expected) {
        assertThat(found(ValueKind.IBAN, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "bob@acme.test, <>",
        "mail <bob@acme.test>!, mail <<>>!",
        "bob.o'brien+x@mail.acme.test., <>.",
        "jürgen@müller.example, <>",
        "a@b.co a@b.co, <> <>",
        "(bob@acme.test), (<>)",
        "bob@localhost, bob@localhost",
        "bob@acme, bob@acme",
        "@acme.test, @acme.test",
        "bob@, bob@",
        "a@@b.test, a@@b.test",
        "bob@acme..test, bob@acme..test",
        "user@10.0.0.1, user@10.0.0.1",
    })
    void addressesAreFound(String value, String expected) {
        assertThat(found(ValueKind.EMAIL, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "SSN_US, 123-45-6789, <>",
        "SSN_US, his 123 45 6789., his <>.",
        "SSN_US, 000-45-6789, 000-45-6789",
        "SSN_US, 666-45-6789, 666-45-6789",
        "SSN_US, 912-45-6789, 912-45-6789",
        "SSN_US, 123-00-6789, 123-00-6789",
        "SSN_US, 123-45-0000, 123-45-0000",
        "SSN_US, 123-45-67890, 123-45-67890",
        "SSN_US, 123-45-6789-1, 123-45-6789-1",
        "SSN_US, 9-123-45-6789, 9-123-45-6789",
        "SSN_US, 123-45 6789, 123-45 6789",
        "SSN_US, 123456789, 123456789",
        "SSN_US, 12３-4５-6789, <>",
        "PHONE, +49 30 1234567, <>",
        "PHONE, call +1 (212) 555-0123 now, call <> now",
        "PHONE, (212) 555-0123, <>",
        "PHONE, 212-555-0123, <>",
        "PHONE, 112-555-0123, 112-555-0123",
        "PHONE, +1234567, +1234567",
        "PHONE, +1234567890123456, +1234567890123456",
        "PHONE, 2026-11-23, 2026-11-23",
        "JWT, token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln_-0 ok, token <> ok",
        "JWT, eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0., <>",
        "JWT, eyJhbGciOiJIUzI1NiJ9.abc.def, eyJhbGciOiJIUzI1NiJ9.abc.def",
        "JWT, eyJ, eyJ",
    })
    void otherKindsAreFound(ValueKind kind, String value, String expected) {
        assertThat(found(kind, value)).isEqualTo(expected);
    }

    @Test
    void privateKeysAreFoundToTheirEnd() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----";
        assertThat(found(ValueKind.PRIVATE_KEY, "x" + key + "\ny")).isEqualTo("x<>\ny");
        assertThat(found(ValueKind.PRIVATE_KEY, "-" + key)).isEqualTo("-<>");
        assertThat(found(ValueKind.PRIVATE_KEY, "-----BEGIN PRIVATE KEY-----\nMIIE"))
                .isEqualTo("<>");
        String certificate = "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----";
        assertThat(found(ValueKind.PRIVATE_KEY, certificate)).isEqualTo(certificate);
    }

    @Test
    void onlyThePartThatWasFoundIsMasked() {
        Net cards = net(Prose.PLAIN, new Transform.CardLast4(), ValueKind.CARD_NUMBER);
        assertThat(shown(cards, "paid by 4111 1111 1111 1111, thanks")).isEqualTo("paid by ••••••••••••1111, thanks");
        assertThat(shown(cards, "４１１１１１１１１１１１１１１１")).isEqualTo("••••••••••••1111");
        Net mails = net(Prose.PLAIN, new Transform.Email(Transform.Email.Keep.DOMAIN), ValueKind.EMAIL);
        assertThat(shown(mails, "from bob@acme.test to eve@acme.test"))
                .isEqualTo("from b***@acme.test to e***@acme.test");
        assertThat(shown(net(Prose.PLAIN, new Transform.SetNull(), ValueKind.EMAIL), "from bob@acme.test"))
                .isNull();
        assertThat(shown(net(Prose.PLAIN, new Transform.SetNull(), ValueKind.EMAIL), "from bob"))
                .isEqualTo("from bob");
    }

    @Test
    void jsonStaysJson() {
        Net cards = net(Prose.JSON, new Transform.CardLast4(), ValueKind.CARD_NUMBER);
        assertThat(shown(cards, "{\"n\": 4111111111111111, \"t\": \"4111 1111 1111 1111\", \"4111111111111111\": [1]}"))
                .isEqualTo("{\"n\": \"••••••••••••1111\", \"t\": \"••••••••••••1111\", \"••••••••••••1111\": [1]}");
        assertThat(shown(cards, "[-4111111111111111,4111111111111111]"))
                .isEqualTo("[\"••••••••••••1111\",\"••••••••••••1111\"]");
        Net mails = net(Prose.JSON, new Transform.Redact("a\"b"), ValueKind.EMAIL, ValueKind.PRIVATE_KEY);
        assertThat(shown(mails, "\"say \\\"bob@acme.test\\\" \\nbob@acme.test\""))
                .isEqualTo("\"say \\\"***\\\" \\n***\"");
        assertThat(shown(mails, "{\"k\":\"-----BEGIN PRIVATE KEY-----\\nMI\",\"x\":1}"))
                .isEqualTo("{\"k\":\"***\",\"x\":1}");
    }

    @Test
    void whatMeansSomethingInALiteralIsNotWritten() {
        assertThat(shown(net(Prose.LITERAL, new Transform.Redact("x,y"), ValueKind.EMAIL), "{a@b.co,c}"))
                .isEqualTo("{***,c}");
        assertThat(shown(net(Prose.LITERAL, new Transform.CardLast4(), ValueKind.CARD_NUMBER), "{4111111111111111}"))
                .isEqualTo("{••••••••••••1111}");
        assertThat(shown(net(Prose.ASCII, new Transform.CardLast4(), ValueKind.CARD_NUMBER), "4111111111111111"))
                .isEqualTo("***");
    }

    @Test
    void theStrongerMaskIsTriedFirst() {
        Net both = new Net(
                List.of(
                        new Catch(
                                ValueKind.EMAIL,
                                MASKS.of(new MaskRule("mail", new Transform.Redact("mail")), ValueForm.STRINGS)),
                        new Catch(
                                ValueKind.CARD_NUMBER,
                                MASKS.of(new MaskRule("card", new Transform.Redact("card")), ValueForm.STRINGS))),
                Prose.PLAIN);
        assertThat(shown(both, "4111111111111111@acme.test 4111111111111111")).isEqualTo("mail card");
    }

    /** Each of these would take minutes where time grew with the square of the length. */
    @ParameterizedTest
    @EnumSource(Prose.class)
    void longValuesTakeNoLongerThanTheirLength(Prose prose) {
        if (prose == Prose.NONE) {
            return;
        }
        Net all = net(prose, ANGLES, ValueKind.values());
        for (String piece : List.of(
                "4", "4111 ", "a@", "a.", "-", "-----BEGIN PRIVATE KE", "eyJ.", "eyJ", "DE89 ", "+1 ", "\\", "４")) {
            String text = piece.repeat(4_000_000 / piece.length());
            assertThat(shown(all, text)).hasSameSizeAs(text);
        }
        String end = "x ".repeat(1_000_000) + "4111111111111111";
        assertThat(shown(all, end)).doesNotContain("4111111111111111");
    }

    @Property
    void anyBytesAreReadWithoutHarm(@ForAll @Size(max = 60) byte[] value) {
        for (Prose prose : List.of(Prose.PLAIN, Prose.JSON, Prose.LITERAL, Prose.ASCII)) {
            ByteBuf row = Unpooled.wrappedBuffer(value);
            ByteBuf out = Unpooled.buffer();
            int written = net(prose, ANGLES, ValueKind.values()).write(row, 0, value.length, out);
            assertThat(written).isEqualTo(out.readableBytes());
        }
    }

    @Property
    void aCardNumberIsFoundWhateverStandsAroundIt(@ForAll @Size(max = 40) List<Piece> pieces) {
        List<String> words = new ArrayList<>();
        pieces.forEach(piece -> words.add(piece.text));
        String text = String.join("", words);
        for (Prose prose : List.of(Prose.PLAIN, Prose.JSON, Prose.LITERAL, Prose.ASCII)) {
            assertThat(shown(net(prose, ANGLES, ValueKind.values()), text)).doesNotContain(" 4111111111111111 ");
        }
    }

    private enum Piece {
        CARD(" 4111111111111111 "),
        DIGITS("411"),
        AT("@"),
        DOT("."),
        QUOTE("\""),
        ESCAPE("\\"),
        HYPHENS("-----"),
        BEGIN("-----BEGIN PRIVATE KEY-----"),
        TOKEN("eyJ"),
        COUNTRY("DE89"),
        PLUS("+"),
        WIDE("４"),
        LETTER("x");

        private final String text;

        Piece(String text) {
            this.text = text;
        }
    }
}
