package dev.gatehouse.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

final class PasswordHashTest {

    /** The salt and count of the example in RFC 7677, section 3, whose server signature follows from this server key. */
    @Test
    void theKeysAreThoseOfTheStandardsExample() throws Exception {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

        byte[] serverKey = PasswordHash.of("pencil", salt, 4096).serverKey();

        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(serverKey, "HmacSHA256"));
        String message = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
                + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        byte[] signature = mac.doFinal(message.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(Base64.getEncoder().encodeToString(signature))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void passwordsThatLookTheSameAreTheSame() {
        byte[] salt = new byte[16];

        assertThat(PasswordHash.of("I\u00adX", salt, 4096).text())
                .isEqualTo(PasswordHash.of("IX", salt, 4096).text());
    }
}
