package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.wire.postgres.ScramServer.Malformed;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScramTest {

    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

    private static final byte[] NO_TLS = {};
    private static final byte[] END_POINT = {1, 2, 3};

    private static ScramVerifier verifier(String password, boolean genuine) {
        byte[] salted = Scram.salted(password, SALT, 4096);
        return new ScramVerifier(
                4096, SALT, Scram.sha256(Scram.hmac(salted, "Client Key")), Scram.hmac(salted, "Server Key"), genuine);
    }

    private static ScramClient client(String password) {
        return new ScramClient(password, new ScramKeys(), "rOprNGfwEbeRWgbNEkqO", List.of(Scram.MECHANISM), NO_TLS);
    }

    /** RFC 7677, section 3, but for the user name, which PostgreSQL leaves to the startup message. */
    @Test
    void theServersProofIsThatOfTheRfc() throws Malformed {
        ScramServer server = new ScramServer(verifier("pencil", true), "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", NO_TLS);
        assertThat(server.first(Scram.MECHANISM, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"))
                .isEqualTo("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(server.last("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
                .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void bothSidesProveThemselvesToEachOther() throws Malformed {
        ScramServer server = new ScramServer(verifier("pässword", true), Scram.nonce(), NO_TLS);
        ScramClient client = client("pässword");
        client.verify(server.last(client.last(server.first(Scram.MECHANISM, client.first()))));
    }

    @Test
    void aWrongPasswordHasNoProof() throws Malformed {
        ScramServer server = new ScramServer(verifier("right", true), Scram.nonce(), NO_TLS);
        ScramClient client = client("wrong");
        assertThat(server.last(client.last(server.first(Scram.MECHANISM, client.first()))))
                .isEmpty();
    }

    @Test
    void noPasswordSatisfiesTheVerifierOfAStranger() throws Malformed {
        ScramServer server = new ScramServer(verifier("right", false), Scram.nonce(), NO_TLS);
        ScramClient client = client("right");
        assertThat(server.last(client.last(server.first(Scram.MECHANISM, client.first()))))
                .isEmpty();
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsFoundOut() throws Malformed {
        ScramServer server = new ScramServer(verifier("right", true), Scram.nonce(), NO_TLS);
        ScramClient client = client("right");
        client.last(server.first(Scram.MECHANISM, client.first()));
        assertThatThrownBy(() -> client.verify("v=AAAA")).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> client("right").verify("")).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aFinalMessageOfAnotherExchangeIsMalformed() throws Malformed {
        ScramServer server = new ScramServer(verifier("right", true), "own", NO_TLS);
        server.first(Scram.MECHANISM, "n,,n=,r=abc");
        String proof = Base64.getEncoder().encodeToString("proof".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> server.last("c=biws,r=other,p=" + proof)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> server.last("c=biws,r=abc,p=" + proof)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> server.last("c=eSws,r=abcown,p=" + proof)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> server.last("c=biws,r=abcown")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> server.first(Scram.MECHANISM, "p=tls-server-end-point,,n=,r=x"))
                .isInstanceOf(Malformed.class);
    }

    private static ScramServer bound() {
        return new ScramServer(verifier("right", true), Scram.nonce(), END_POINT);
    }

    private static ScramClient binding(List<String> offered, byte[] endPoint) {
        return new ScramClient("right", new ScramKeys(), "abc", offered, endPoint);
    }

    @Test
    void bothSidesBindTheProofToTheirConnection() throws Malformed {
        ScramServer server = bound();
        ScramClient client = binding(server.mechanisms(), END_POINT);
        assertThat(client.mechanism()).isEqualTo("SCRAM-SHA-256-PLUS");
        client.verify(server.last(client.last(server.first(client.mechanism(), client.first()))));
    }

    @Test
    void theProofOfAnotherConnectionDoesNotCount() throws Malformed {
        ScramServer server = bound();
        ScramClient client = binding(server.mechanisms(), new byte[] {7});
        String last = client.last(server.first(client.mechanism(), client.first()));
        assertMalformed(() -> server.last(last), "28000", "SCRAM channel binding check failed");
    }

    @Test
    void anOfferThatWasTakenAwayIsMissed() {
        ScramClient client = binding(List.of(Scram.MECHANISM), END_POINT);
        assertThat(client.mechanism()).isEqualTo("SCRAM-SHA-256");
        assertMalformed(
                () -> bound().first(client.mechanism(), client.first()),
                "28000",
                "SCRAM channel binding negotiation error");
    }

    @Test
    void whoCannotBindNeedNot() throws Malformed {
        ScramServer server = bound();
        ScramClient client = binding(server.mechanisms(), NO_TLS);
        client.verify(server.last(client.last(server.first(client.mechanism(), client.first()))));
        ScramServer unbound = new ScramServer(verifier("right", true), Scram.nonce(), NO_TLS);
        ScramClient able = binding(unbound.mechanisms(), END_POINT);
        able.verify(unbound.last(able.last(unbound.first(able.mechanism(), able.first()))));
    }

    @Test
    void aServerWithoutAMechanismThatFitsIsNotSpokenTo() {
        assertThatThrownBy(() -> binding(List.of("SCRAM-SHA-512"), NO_TLS)).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> binding(List.of(Scram.MECHANISM_PLUS), NO_TLS)).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SCRAM-SHA-512; n,,n=,r=x; 08P01; client selected an invalid SASL authentication mechanism",
                "SCRAM-SHA-256; n; 08P01; malformed SCRAM message",
                "SCRAM-SHA-256; x,,n=,r=x; 08P01; malformed SCRAM message",
                "SCRAM-SHA-256; n,x,n=,r=x; 08P01; malformed SCRAM message",
                "SCRAM-SHA-256; n,,n=; 08P01; malformed SCRAM message",
                "SCRAM-SHA-256; n,,n=,r=; 08P01; malformed SCRAM message",
                "SCRAM-SHA-256; n,,m=more,n=,r=x; 0A000; client requires an unsupported SCRAM extension",
                "SCRAM-SHA-256; n,a=me,n=,r=x; 0A000; client uses authorization identity, but it is not supported",
                "SCRAM-SHA-256; p=tls-server-end-point,,n=,r=x; 08P01; malformed SCRAM message",
                "SCRAM-SHA-256-PLUS; n,,n=,r=x; 08P01; malformed SCRAM message",
                "SCRAM-SHA-256-PLUS; p=tls-unique,,n=,r=x; 08P01; unsupported SCRAM channel-binding type"
            })
    void aFirstMessageThatIsNoneIsToldAsByAServer(String mechanism, String message, String state, String text) {
        assertMalformed(() -> bound().first(mechanism, message), state, text);
    }

    private static void assertMalformed(ThrowingCallable step, String state, String text) {
        assertThatThrownBy(step).isInstanceOfSatisfying(Malformed.class, fault -> {
            assertThat(fault.report().field('C')).isEqualTo(state);
            assertThat(fault.report().field('M')).isEqualTo(text);
        });
    }
}
