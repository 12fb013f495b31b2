package dev.gatehouse.firewall.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Argon2VerifierTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Made by the reference implementation's command line tool. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=8192,t=3,p=2$Z2F0ZWhvdXNlLXNhbHQ$i5n/oCPdZQx4uZJeVOnfE56wFKYwHeWM",
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$rz+TfZqAxLZCxM3uElsd8brIuKJpj8tlXXE8bhEezvQ"
            })
    void othersHashesHold(String text) {
        PasswordVerifier verifier = PasswordVerifier.parse(text);
        assertThat(verifier.text()).isEqualTo(text);
        assertThat(((Argon2Verifier) verifier).fits(utf8("secret pass"))).isTrue();
        assertThat(((Argon2Verifier) verifier).fits(utf8("secret past"))).isFalse();
        assertThat(((Argon2Verifier) verifier).fits(new byte[0])).isFalse();
    }

    @Test
    void ownHashesHoldAndShowNothing() {
        Argon2Verifier made = Argon2Verifier.of(utf8("pëncil"), new byte[Argon2Verifier.SALT_BYTES]);
        assertThat(Argon2Verifier.parse(made.text()).fits(utf8("pëncil"))).isTrue();
        assertThat(made.toString()).doesNotContain(made.text().substring(40));
    }

    @Test
    void nothingFitsAStandIn() {
        Argon2Verifier made = Argon2Verifier.of(utf8("pencil"), new byte[Argon2Verifier.SALT_BYTES]);
        Argon2Verifier standIn =
                new Argon2Verifier(made.memory(), made.passes(), made.lanes(), made.salt(), made.storedKey(), false);
        assertThat(standIn.fits(utf8("pencil"))).isFalse();
    }

    /** Other variants, other versions, what is cut short, and what would let a stranger take all memory by logging in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2i$v=19$m=8192,t=3,p=2$Z2F0ZWhvdXNlLXNhbHQ$i5n/oCPdZQx4uZJeVOnfE56wFKYwHeWM",
                "$argon2id$v=16$m=8192,t=3,p=2$Z2F0ZWhvdXNlLXNhbHQ$i5n/oCPdZQx4uZJeVOnfE56wFKYwHeWM",
                "$argon2id$v=19$m=8192,t=3,p=2$Z2F0ZWhvdXNlLXNhbHQ$",
                "$argon2id$v=19$m=4194304,t=3,p=2$Z2F0ZWhvdXNlLXNhbHQ$i5n/oCPdZQx4uZJeVOnfE56wFKYwHeWM",
                "$argon2id$v=19$m=8192,t=300,p=2$Z2F0ZWhvdXNlLXNhbHQ$i5n/oCPdZQx4uZJeVOnfE56wFKYwHeWM",
                "$argon2id$v=19$m=8,t=3,p=2$Z2F0ZWhvdXNlLXNhbHQ$i5n/oCPdZQx4uZJeVOnfE56wFKYwHeWM",
                "$argon2id$v=19$m=8192,t=0,p=2$Z2F0ZWhvdXNlLXNhbHQ$i5n/oCPdZQx4uZJeVOnfE56wFKYwHeWM"
            })
    void whatIsNoneIsRefusedWithoutBeingQuoted(String text) {
        assertThatThrownBy(() -> PasswordVerifier.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Z2F0ZWhvdXNlLXNhbHQ");
    }
}
