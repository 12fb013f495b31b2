package dev.gatehouse.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Somebody between two sides: ends the TLS of each with a certificate of its own, and passes on what they say, perhaps
 * without the offer to bind the login to the connection.
 */
final class Interposer implements AutoCloseable {

    /** Believes everybody. */
    static final X509TrustManager CREDULOUS = new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Believed.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Believed.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    private static final String BOUND = "SCRAM-SHA-256-PLUS\0";

    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final SSLContext asServer;
    private final SSLContext asClient;
    private final int target;
    private final boolean hidesBinding;

    /**
     * @param target the port of the side that would be spoken to
     * @param hidesBinding whether the offer to bind is taken away
     */
    Interposer(int target, TestCertificate certificate, boolean hidesBinding) throws Exception {
        this.target = target;
        this.hidesBinding = hidesBinding;
        this.asServer = server(certificate);
        this.asClient = context(new KeyManager[0]);
        daemon(this::accept);
    }

    /** TLS for whoever shows this certificate. */
    static SSLContext server(TestCertificate certificate) throws Exception {
        return context(keys(certificate));
    }

    private static SSLContext context(KeyManager[] keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {CREDULOUS}, null);
        return context;
    }

    private static KeyManager[] keys(TestCertificate certificate) throws Exception {
        String pem = Files.readString(certificate.key()).replaceAll("-----[A-Z ]+-----", "");
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        Certificate own;
        try (InputStream in = Files.newInputStream(certificate.certificate())) {
            own = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", key, new char[0], new Certificate[] {own});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        return managers.getKeyManagers();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                daemon(() -> stand(near));
            } catch (IOException e) {
                return; // It is closed.
            }
        }
    }

    private void stand(Socket near) {
        try (Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                near) {
            byte[] request = near.getInputStream().readNBytes(8);
            far.getOutputStream().write(request);
            int answer = far.getInputStream().read();
            near.getOutputStream().write(answer);
            if (ByteBuffer.wrap(request).getInt(4) != RawClient.SSL_REQUEST || answer != 'S') {
                return;
            }
            try (SSLSocket nearTls = (SSLSocket) asServer.getSocketFactory().createSocket(near, null, true);
                    SSLSocket farTls =
                            (SSLSocket) asClient.getSocketFactory().createSocket(far, "localhost", target, true)) {
                nearTls.setUseClientMode(false);
                daemon(() -> pump(nearTls, farTls, false));
                pump(farTls, nearTls, hidesBinding);
            }
        } catch (IOException e) {
            // Either side has had enough; the test sees how it ends.
        }
    }

    private static void pump(Socket from, Socket to, boolean hides) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16_384];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                String said = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                int offer = hides ? said.indexOf(BOUND) : -1;
                if (offer >= 0) {
                    // The message is the first in what was read: a tag and its length stand before it.
                    said = said.replace(BOUND, "");
                    byte[] changed = said.getBytes(StandardCharsets.ISO_8859_1);
                    int size = ByteBuffer.wrap(changed).getInt(1);
                    ByteBuffer.wrap(changed).putInt(1, size - BOUND.length());
                    out.write(changed);
                } else {
                    out.write(buffer, 0, length);
                }
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // The other direction ends too.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "interposer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
