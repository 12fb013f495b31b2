package dev.gatehouse.firewall.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ScramVerifierTest {

    /** As PostgreSQL keeps {@code pencil}. */
    private static final ScramVerifier PENCIL = ScramVerifier.parse(
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");

    @Test
    void aToldPasswordFitsWhatIsKeptOfIt() {
        assertThat(PENCIL.fits(utf8("pencil"))).isTrue();
        assertThat(PENCIL.fits(utf8("pencil "))).isFalse();
        assertThat(PENCIL.fits(new byte[0])).isFalse();
        assertThat(PENCIL.fits(new byte[] {(byte) 0xff})).as("no text").isFalse();
    }

    @Test
    void nothingFitsAStandIn() {
        ScramVerifier standIn = new ScramVerifier(4096, PENCIL.salt(), PENCIL.storedKey(), PENCIL.serverKey(), false);

        assertThat(standIn.fits(utf8("pencil"))).isFalse();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
