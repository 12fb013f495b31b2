package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.wire.postgres.ScramServer.Malformed;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class ScramTest {

    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

    private static ScramVerifier verifier(String password, boolean genuine) {
        byte[] salted = Scram.salted(password, SALT, 4096);
        return new ScramVerifier(
                4096, SALT, Scram.sha256(Scram.hmac(salted, "Client Key")), Scram.hmac(salted, "Server Key"), genuine);
    }

    private static ScramClient client(String password) {
        return new ScramClient(password, new ScramKeys(), "rOprNGfwEbeRWgbNEkqO");
    }

    /** RFC 7677, section 3, but for the user name, which PostgreSQL leaves to the startup message. */
    @Test
    void theServersProofIsThatOfTheRfc() throws Malformed {
        ScramServer server = new ScramServer(verifier("pencil", true), "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
        assertThat(server.first("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"))
                .isEqualTo("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(server.last("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
                .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void bothSidesProveThemselvesToEachOther() throws Malformed {
        ScramServer server = new ScramServer(verifier("pässword", true), Scram.nonce());
        ScramClient client = client("pässword");
        client.verify(server.last(client.last(server.first(client.first()))));
    }

    @Test
    void aWrongPasswordHasNoProof() throws Malformed {
        ScramServer server = new ScramServer(verifier("right", true), Scram.nonce());
        ScramClient client = client("wrong");
        assertThat(server.last(client.last(server.first(client.first())))).isEmpty();
    }

    @Test
    void noPasswordSatisfiesTheVerifierOfAStranger() throws Malformed {
        ScramServer server = new ScramServer(verifier("right", false), Scram.nonce());
        ScramClient client = client("right");
        assertThat(server.last(client.last(server.first(client.first())))).isEmpty();
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsFoundOut() throws Malformed {
        ScramServer server = new ScramServer(verifier("right", true), Scram.nonce());
        ScramClient client = client("right");
        client.last(server.first(client.first()));
        assertThatThrownBy(() -> client.verify("v=AAAA")).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> client("right").verify("")).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aFinalMessageOfAnotherExchangeIsMalformed() throws Malformed {
        ScramServer server = new ScramServer(verifier("right", true), "own");
        server.first("n,,n=,r=abc");
        String proof = Base64.getEncoder().encodeToString("proof".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> server.last("c=biws,r=other,p=" + proof)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> server.last("c=biws,r=abc,p=" + proof)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> server.last("c=eSws,r=abcown,p=" + proof)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> server.last("c=biws,r=abcown")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> server.first("p=tls-server-end-point,,n=,r=x")).isInstanceOf(Malformed.class);
    }
}
