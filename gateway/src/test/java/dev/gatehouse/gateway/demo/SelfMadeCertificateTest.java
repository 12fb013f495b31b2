package dev.gatehouse.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Read back by the JDK, which wrote none of it. */
final class SelfMadeCertificateTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static X509Certificate certificate() throws Exception {
        String pem = SelfMadeCertificate.make(NOW, new SecureRandom()).certificate();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void itVouchesForItself() throws Exception {
        X509Certificate certificate = certificate();

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
    }

    @Test
    void itHoldsForThisMachineAndForAMonth() throws Exception {
        X509Certificate certificate = certificate();

        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        certificate.checkValidity(Date.from(NOW));
        certificate.checkValidity(Date.from(NOW.plus(Duration.ofDays(29))));
        assertThat(certificate.getNotAfter()).isBefore(Date.from(NOW.plus(Duration.ofDays(31))));
    }

    @Test
    void noTwoAreTheSame() throws Exception {
        assertThat(certificate().getSerialNumber()).isNotEqualTo(certificate().getSerialNumber());
    }
}
