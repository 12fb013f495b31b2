package dev.gatehouse.firewall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.policy.Transform.Email.Keep;
import dev.gatehouse.firewall.session.Secret;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageTest {

    private static final Secret KEY = new Secret("key");
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static void made(Transform transform, String... values) {
        for (String value : values) {
            assertThat(Image.isOf(transform, value)).as(value).isTrue();
        }
    }

    private static void notMade(Transform transform, String... values) {
        for (String value : values) {
            assertThat(Image.isOf(transform, value)).as(value).isFalse();
        }
    }

    @Test
    void whatAMaskWritesIsRecognised() {
        made(new Transform.Redact("[secret]"), "[secret]", "[secret]   ");
        notMade(new Transform.Redact("[secret]"), "secret", "");
        made(new Transform.CardLast4(), "••••••••••••1111", "•••");
        notMade(new Transform.CardLast4(), "4111111111111111", "1111", "• a", "");
        made(new Transform.Hash("k", KEY, 32), TOKEN);
        notMade(new Transform.Hash("k", KEY, 32), TOKEN.substring(1), TOKEN.replace('a', 'x'));
        made(new Transform.Tokenize("k", KEY, "cus_"), "cus_" + TOKEN);
        notMade(new Transform.Tokenize("k", KEY, "cus_"), TOKEN, "cus_1");
        made(new Transform.Email(Keep.DOMAIN), "j***@x.test", "***@x.test", "***", "é***@x.test", "j***");
        notMade(new Transform.Email(Keep.DOMAIN), "jo@x.test", "jo***@x.test", "@x.test", "**@x.test", "");
        made(new Transform.Email(Keep.FIRST), "j***", "***");
        notMade(new Transform.Email(Keep.NONE), "j***", "x");
        made(new Transform.Partial(2, 1, "*"), "ab***f", "***", "*");
        notMade(new Transform.Partial(2, 1, "*"), "abcdef", "ab*cf", "abf", "");
        made(new Transform.Partial(1, 1, "xy"), "😀xyxy😂");
        assertThat(Image.isOf(new Transform.SetNull(), null)).isTrue();
        assertThat(Image.isOf(new Transform.Redact("x"), null)).isFalse();
    }

    @Test
    void someMasksMakeWhatCannotBeToldFromTheReal() {
        assertThat(List.of(
                        new Transform.FormatPreserving("k", KEY, Transform.FormatPreserving.Alphabet.DIGITS),
                        new Transform.Bucket(BigDecimal.TEN),
                        new Transform.TruncateDate(ChronoUnit.DAYS),
                        new Transform.Noise(BigDecimal.ONE, BigDecimal.ZERO, Transform.Noise.Per.VALUE),
                        new Transform.Partial(1, 1, "")))
                .allMatch(Image::isLikeReal);
        assertThat(List.of(new Transform.SetNull(), new Transform.Redact("x"), new Transform.Partial(1, 1, "*")))
                .noneMatch(Image::isLikeReal);
    }
}
