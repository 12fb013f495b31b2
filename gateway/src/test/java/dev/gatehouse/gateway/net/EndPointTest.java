package dev.gatehouse.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.TestCertificate;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndPointTest {

    @TempDir
    Path folder;

    private Certificate certificate(String... options) throws Exception {
        Path file = TestCertificate.make(folder, "tls", "localhost", options).certificate();
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, MD5withRSA, SHA-256",
        "RSA, SHA1withRSA, SHA-256",
        "RSA, SHA224withRSA, SHA-224",
        "RSA, SHA256withRSA, SHA-256",
        "RSA, SHA384withRSA, SHA-384",
        "RSA, SHA512withRSA, SHA-512",
        "RSA, RSASSA-PSS, SHA-256",
        "EC, SHA256withECDSA, SHA-256",
        "EC, SHA384withECDSA, SHA-384"
    })
    void theHashIsThatOfTheSignatureUnlessItIsTooWeak(String algorithm, String signature, String hash)
            throws Exception {
        Certificate certificate = certificate("-keyalg", algorithm, "-sigalg", signature);
        assertThat(EndPoint.of(certificate))
                .isEqualTo(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }

    @Test
    void aSignatureWithoutAHashGivesNone() throws Exception {
        assertThat(EndPoint.of(certificate("-keyalg", "Ed25519"))).isEmpty();
    }
}
