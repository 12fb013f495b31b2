package dev.gatehouse.wire.mysql.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Ed25519Key;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class Ed25519Test {

    /** {@code select password('secret')}'s counterpart in MariaDB: {@code ed25519_password('secret')}. */
    @Test
    void thePublicKeyIsTheOneAServerMakes() {
        assertThat(new Ed25519Key(Ed25519.publicKey("secret")).text())
                .isEqualTo("ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY");
    }

    @Property(tries = 20)
    void whatIsSignedHere_theJdkFindsRight(@ForAll String password, @ForAll byte[] message) {
        byte[] signature = Ed25519.sign(password, message);
        assertThat(Ed25519.holds(signature, message, Ed25519.publicKey(password)))
                .isTrue();
        signature[signature.length / 2] ^= 1;
        assertThat(Ed25519.holds(signature, message, Ed25519.publicKey(password)))
                .isFalse();
    }

    @Test
    void theBasePointHasItsOrder() {
        assertThat(CurvePoint.BASE.times(CurvePoint.ORDER).encoded()).isEqualTo(CurvePoint.bytes(BigInteger.ONE));
        assertThat(CurvePoint.BASE.times(CurvePoint.ORDER.add(BigInteger.ONE)).encoded())
                .isEqualTo(CurvePoint.BASE.encoded());
    }
}
