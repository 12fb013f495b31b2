package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.firewall.session.Upstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.postgresql.PGProperty;
import org.postgresql.ssl.NonValidatingFactory;
import org.postgresql.ssl.WrappedFactory;

/**
 * TLS that shows the gateway's own certificate, for the driver that reads catalogs; the driver makes it, by its name. The
 * driver's own way wants the key in a file, and ours may come from elsewhere.
 */
public final class CertifiedSocketFactory extends WrappedFactory {

    private static final List<String> KEYS = List.of("EC", "RSA", "EdDSA");
    private static final char[] NO_PASSWORD = {};

    /**
     * @param settings the driver's, with the PEM of certificate and key as the factory's argument
     * @throws GeneralSecurityException if what it is given is no certificate with its key
     * @throws IOException if the trusted certificates cannot be read
     */
    public CertifiedSocketFactory(Properties settings) throws GeneralSecurityException, IOException {
        String pem = String.valueOf(PGProperty.SSL_FACTORY_ARG.getOrDefault(settings));
        KeyStore own = empty();
        own.setKeyEntry("own", key(pem), NO_PASSWORD, certificates(stream(section(pem, "CERTIFICATE"))));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted(settings), null);
        factory = context.getSocketFactory();
    }

    /** What the driver is given as the factory's argument. */
    static String argument(Upstream.ClientCertificate certificate) {
        return certificate.chain() + "\n" + certificate.key().reveal();
    }

    /** The host's name is the driver's to check; the certificate itself is checked here, unless the mode asks for nothing. */
    private static TrustManager[] trusted(Properties settings) throws GeneralSecurityException, IOException {
        if ("require".equals(PGProperty.SSL_MODE.getOrDefault(settings))) {
            return new TrustManager[] {new NonValidatingFactory.NonValidatingTM()};
        }
        String root = PGProperty.SSL_ROOT_CERT.getOrDefault(settings);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (root == null) {
            trust.init((KeyStore) null);
        } else {
            KeyStore authorities = empty();
            try (InputStream in = Files.newInputStream(Path.of(root))) {
                int number = 0;
                for (Certificate authority : certificates(in)) {
                    authorities.setCertificateEntry("ca" + number++, authority);
                }
            }
            trust.init(authorities);
        }
        return trust.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(InputStream pem) throws GeneralSecurityException {
        Collection<? extends Certificate> chain =
                CertificateFactory.getInstance("X.509").generateCertificates(pem);
        return chain.toArray(new Certificate[0]);
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        String base64 = section(pem, "PRIVATE KEY").replaceAll("-----[A-Z ]+-----", "");
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        InvalidKeySpecException none =
                new InvalidKeySpecException("the private key is none of " + KEYS + " in PKCS #8");
        for (String algorithm : KEYS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                none.addSuppressed(e);
            }
        }
        throw none;
    }

    /** All parts of one kind, one behind the other. */
    private static String section(String pem, String kind) {
        int from = pem.indexOf("-----BEGIN " + kind + "-----");
        String end = "-----END " + kind + "-----";
        int to = pem.lastIndexOf(end);
        return from < 0 || to < from ? "" : pem.substring(from, to + end.length());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
