package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that vouches for itself, and its key, made for one test run.
 *
 * @param certificate in PEM
 * @param key in PEM, closed to others
 */
public record TestCertificate(Path certificate, Path key) {

    private static final String PASSWORD = "changeit";
    /** The name under which pgjdbc looks for a key. */
    private static final String ALIAS = "user";

    /** Makes one for this machine. */
    public static TestCertificate ofLocalhost(Path folder, String file) throws Exception {
        return make(folder, file, "localhost", "-ext", "san=dns:localhost,ip:127.0.0.1");
    }

    /**
     * Makes one.
     *
     * @param file how its files are called, without their endings
     * @param name whom it names
     * @param options more of keytool's
     */
    public static TestCertificate make(Path folder, String file, String name, String... options)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(file + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(options));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(store.toFile())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path certificate = Files.writeString(
                folder.resolve(file + ".crt"),
                pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
        Path key = Files.writeString(
                folder.resolve(file + ".key"),
                pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return new TestCertificate(certificate, key);
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }
}
