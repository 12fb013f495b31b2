package dev.gatehouse.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.postgresql.shaded.com.ongres.scram.client.ScramClient;

/** A client whose every message the test decides, for what no driver would send. */
final class RawClient implements AutoCloseable {

    static final int SSL_REQUEST = 80877103;
    static final int GSSENC_REQUEST = 80877104;
    static final int CANCEL_REQUEST = 80877102;
    private static final int MAJOR = 3 << 16;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int OK = 0;

    private Socket socket;

    /** One message of the other side. */
    record Message(char tag, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }

        /** A field of an error. */
        String field(char type) {
            for (String field : text().split("\0", -1)) {
                if (!field.isEmpty() && field.charAt(0) == type) {
                    return field.substring(1);
                }
            }
            return "";
        }

        int code() {
            return body[3] | body[2] << 8;
        }
    }

    RawClient(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /** @param source which of this machine's own addresses it comes from */
    RawClient(int port, String source) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(source), 0);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Begins TLS at once, saying that it is for these protocols. */
    RawClient encrypt(String... protocols) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {Interposer.CREDULOUS}, null);
        SSLSocket encrypted =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        socket = encrypted;
        return this;
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a packet without a tag. */
    RawClient packet(int code, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(8 + body.length);
        out.writeInt(code);
        out.write(body);
        return send(bytes.toByteArray());
    }

    RawClient packet(int code) throws IOException {
        return packet(code, new byte[0]);
    }

    /** Sends a StartupMessage of a minor version, with names and values in turn. */
    RawClient startup(int minor, String... parameters) throws IOException {
        String list = String.join("\0", parameters) + "\0\0";
        return packet(MAJOR + minor, list.getBytes(StandardCharsets.UTF_8));
    }

    RawClient message(char tag, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(tag);
        out.writeInt(4 + body.length);
        out.write(body);
        return send(bytes.toByteArray());
    }

    RawClient query(String sql) throws IOException {
        return message('Q', (sql + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** The next byte; -1 when the other side has closed. */
    int octet() throws IOException {
        return socket.getInputStream().read();
    }

    Message read() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        char tag = (char) in.readUnsignedByte();
        return new Message(tag, in.readNBytes(in.readInt() - 4));
    }

    /** Reads up to a message of that type, or an error. */
    List<Message> readUntil(char tag) throws IOException {
        List<Message> messages = new ArrayList<>();
        Message message;
        do {
            message = read();
            messages.add(message);
        } while (message.tag() != tag && message.tag() != 'E');
        return messages;
    }

    /** Proves a password by SCRAM and reads up to the first ReadyForQuery, or an error. */
    List<Message> prove(String password) throws IOException {
        try {
            ScramClient scram = ScramClient.builder()
                    .advertisedMechanisms(List.of("SCRAM-SHA-256"))
                    .username("*")
                    .password(password.toCharArray())
                    .build();
            List<Message> all = new ArrayList<>();
            while (true) {
                Message message = read();
                all.add(message);
                String data = message.body().length < 4
                        ? ""
                        : new String(message.body(), 4, message.body().length - 4, StandardCharsets.UTF_8);
                if (message.tag() == 'E' || message.tag() == 'Z') {
                    return all;
                } else if (message.tag() == 'R' && message.code() == SASL) {
                    byte[] first = scram.clientFirstMessage().toString().getBytes(StandardCharsets.UTF_8);
                    ByteArrayOutputStream body = new ByteArrayOutputStream();
                    body.writeBytes("SCRAM-SHA-256\0".getBytes(StandardCharsets.US_ASCII));
                    new DataOutputStream(body).writeInt(first.length);
                    body.writeBytes(first);
                    message('p', body.toByteArray());
                } else if (message.tag() == 'R' && message.code() == SASL_CONTINUE) {
                    scram.serverFirstMessage(data);
                    message('p', scram.clientFinalMessage().toString().getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (org.postgresql.shaded.com.ongres.scram.common.exception.ScramException e) {
            throw new IOException(e);
        }
    }

    /** What a server told when it let a client in: its key to cancel by. */
    static byte[] key(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.tag() == 'K')
                .findFirst()
                .orElseThrow(() -> new AssertionError("no key in " + messages))
                .body();
    }

    /** A key's secret part. */
    static byte[] secret(byte[] key) {
        return Arrays.copyOfRange(key, 4, key.length);
    }

    static boolean isLetIn(List<Message> messages) {
        return messages.stream().anyMatch(message -> message.tag() == 'R' && message.code() == OK);
    }

    /** For what is not said message by message. */
    Socket socket() {
        return socket;
    }

    /** Closes as a machine does that fails. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
