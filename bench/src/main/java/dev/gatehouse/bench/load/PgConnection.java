package dev.gatehouse.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One blocking client that costs little: it writes raw messages and looks only at the headers of the answers.
 *
 * <p>Used by one thread.
 */
public final class PgConnection implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int HEADER_BYTES = 5;
    private static final int AUTH_OK = 0;
    private static final int AUTH_CLEARTEXT = 3;
    private static final int AUTH_SASL = 10;
    private static final int AUTH_SASL_CONTINUE = 11;
    private static final int AUTH_SASL_FINAL = 12;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private boolean tolerant;

    private PgConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects and logs in: trust, clear text or SCRAM-SHA-256, whichever is asked for. */
    public static PgConnection open(Access access) throws IOException {
        return open(access, Frontend.VERSION_3_0, Map.of());
    }

    /** Connects and logs in with a protocol version and extra startup parameters of one's own. */
    public static PgConnection open(Access access, int version, Map<String, String> extra) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(access.host(), access.port()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        PgConnection connection = new PgConnection(channel);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", access.user());
        parameters.put("database", access.database());
        parameters.putAll(extra);
        connection.send(out -> Frontend.startup(out, version, parameters));
        connection.login(access.password());
        connection.drain();
        return connection;
    }

    /** Makes error answers count as answers, for sessions that provoke them. */
    public PgConnection tolerant() {
        tolerant = true;
        return this;
    }

    /** Sends messages in one write. */
    public void send(Consumer<ByteBuffer> messages) throws IOException {
        out.clear();
        messages.accept(out);
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Reads up to and with the next ReadyForQuery, and counts. */
    public Drained drain() throws IOException {
        return drainTo('Z');
    }

    /** Reads up to and with the next message of a kind, and counts. */
    public Drained drainTo(char last) throws IOException {
        long rows = 0;
        long bytes = 0;
        while (true) {
            need(HEADER_BYTES);
            byte tag = in.get();
            int length = in.getInt();
            bytes += length + 1L;
            if (tag == 'E' && !tolerant) {
                throw readError(length - Integer.BYTES);
            }
            if (tag == 'D') {
                rows++;
            }
            skip(length - Integer.BYTES);
            if (tag == last) {
                return new Drained(rows, bytes);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            send(Frontend::terminate);
        }
    }

    /**
     * What an answer amounted to.
     *
     * @param rows data rows
     * @param bytes bytes, headers included
     */
    public record Drained(long rows, long bytes) {}

    private void login(String password) throws IOException {
        ScramExchange scram = new ScramExchange(password);
        while (true) {
            need(HEADER_BYTES);
            byte tag = in.get();
            int length = in.getInt() - Integer.BYTES;
            if (tag == 'v') {
                skip(length);
                continue;
            }
            if (tag == 'E') {
                throw readError(length);
            }
            if (tag != 'R') {
                throw new ServerError("not an authentication request: " + (char) tag);
            }
            byte[] body = take(length);
            int kind = ByteBuffer.wrap(body).getInt();
            byte[] rest = java.util.Arrays.copyOfRange(body, Integer.BYTES, body.length);
            if (kind == AUTH_OK) {
                return;
            }
            answer(kind, rest, scram, password);
        }
    }

    private void answer(int kind, byte[] challenge, ScramExchange scram, String password) throws IOException {
        if (kind == AUTH_SASL) {
            send(out -> Frontend.saslInitial(out, ScramExchange.MECHANISM, scram.first()));
        } else if (kind == AUTH_SASL_CONTINUE) {
            byte[] last = scram.last(challenge);
            send(out -> Frontend.password(out, last));
        } else if (kind == AUTH_SASL_FINAL) {
            scram.verify(challenge);
        } else if (kind == AUTH_CLEARTEXT) {
            send(out -> Frontend.password(out, (password + '\0').getBytes(StandardCharsets.UTF_8)));
        } else {
            throw new ServerError("authentication of kind " + kind + " is not spoken here");
        }
    }

    private ServerError readError(int length) throws IOException {
        String state = "";
        String message = "";
        for (String field : new String(take(length), StandardCharsets.UTF_8).split("\0", -1)) {
            state = field.startsWith("C") ? field.substring(1) : state;
            message = field.startsWith("M") ? field.substring(1) : message;
        }
        return new ServerError(state, message);
    }

    private byte[] take(int length) throws IOException {
        if (length < 0 || length > BUFFER_BYTES) {
            throw new ServerError("a message of " + length + " bytes where a small one was due");
        }
        need(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private void skip(int length) throws IOException {
        int left = length;
        while (left > in.remaining()) {
            left -= in.remaining();
            in.position(in.limit());
            fill();
        }
        in.position(in.position() + left);
    }

    private void need(int bytes) throws IOException {
        while (in.remaining() < bytes) {
            fill();
        }
    }

    private void fill() throws IOException {
        in.compact();
        int read = channel.read(in);
        in.flip();
        if (read < 0) {
            throw new EOFException("the server hung up");
        }
    }
}
