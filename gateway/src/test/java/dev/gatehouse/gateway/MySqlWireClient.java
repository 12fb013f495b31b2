package dev.gatehouse.gateway;

import dev.gatehouse.testing.MySqlServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client that says exactly the bytes it is told to, and hears what the server answers. */
@SuppressWarnings("ByteBufferBackingArray") // All buffers are made by allocate.
final class MySqlWireClient implements AutoCloseable {

    static final int QUERY = 0x03;
    static final int PREPARE = 0x16;
    static final int EXECUTE = 0x17;
    static final int LONG_DATA = 0x18;
    static final int CHANGE_USER = 0x11;
    static final int RESET_CONNECTION = 0x1f;

    private static final int MAX_PACKET = 1 << 24;
    private static final int UTF8MB4 = 45;
    /** Long passwords and flags, a database, protocol 4.1, transactions, proofs, several results, plugins. */
    private static final int CAPABILITIES = 1 | 4 | 8 | 0x200 | 0x2000 | 0x8000 | 0x20000 | 0x40000 | 0x80000;

    private static final long LONG_PASSWORD = 1;
    private static final int SCRAMBLE_BYTES = 20;
    private static final int SILENCE_MILLIS = 300;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int FAST_AUTH_SUCCESS = 3;
    private static final int NULL = 0xfb;
    /** What stands before the text of a report: a number of strings, two stages, how much is done, a length. */
    private static final int PROGRESS_HEADER = 10;

    private static final int DEPRECATE_EOF = 1 << 24;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final long capabilities;
    private int number;

    private MySqlWireClient(Socket socket, long capabilities) throws IOException {
        this.socket = socket;
        this.capabilities = capabilities;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Logs in as the administrator, with these capabilities more. */
    static MySqlWireClient to(MySqlServer server, String database, int more) throws IOException, SQLException {
        // MySQL lets in without TLS whom it has let in lately.
        server.connect(database).close();
        return to(server.host(), server.port(), server.username(), server.password(), database, more);
    }

    /** Logs in through a gateway, with these capabilities more. */
    static MySqlWireClient through(MySqlGateway gateway, String user, int more) throws IOException, SQLException {
        // As with MySQL, the password must be known from another login.
        gateway.connect(user).close();
        return to("127.0.0.1", gateway.port(), user, TestGateway.PASSWORD, gateway.database(), more);
    }

    /**
     * Logs in as somebody whose password was told before, or is told by a plugin that needs no more than a hash.
     *
     * @param more capabilities besides the usual ones; MariaDB's own are said where its half is not empty
     */
    static MySqlWireClient to(String host, int port, String user, String password, String database, long more)
            throws IOException {
        boolean ofMariaDb = more >>> Integer.SIZE != 0;
        long capabilities = (CAPABILITIES & (ofMariaDb ? ~LONG_PASSWORD : -1L)) | more;
        MySqlWireClient client = new MySqlWireClient(new Socket(host, port), capabilities);
        client.socket.setTcpNoDelay(true);
        client.socket.setSoTimeout(PATIENCE_MILLIS);
        client.logIn(user, password, database);
        return client;
    }

    private void logIn(String user, String password, String database) throws IOException {
        ByteBuffer greeting = receive();
        greeting.get();
        string(greeting);
        greeting.getInt();
        byte[] scramble = new byte[SCRAMBLE_BYTES];
        greeting.get(scramble, 0, 8);
        greeting.position(greeting.position() + 1 + 2 + 1 + 2 + 2 + 1 + 10);
        greeting.get(scramble, 8, SCRAMBLE_BYTES - 8);
        greeting.get();
        String plugin = string(greeting);
        byte[] proof = proof(plugin, password, scramble);
        ByteBuffer answer = buffer(1024);
        answer.putInt((int) capabilities).putInt(MAX_PACKET).put((byte) UTF8MB4).put(new byte[19]);
        answer.putInt((int) (capabilities >>> Integer.SIZE));
        answer.put(bytes(user)).put((byte) 0);
        answer.put((byte) proof.length).put(proof);
        answer.put(bytes(database)).put((byte) 0).put(bytes(plugin)).put((byte) 0);
        send(answer);
        ByteBuffer result = proved(password);
        if (result.get(0) != 0) {
            throw new IOException("not let in: " + StandardCharsets.UTF_8.decode(result));
        }
    }

    /** Proves a password as the server asks for it; answers what it says to that. */
    private ByteBuffer proved(String password) throws IOException {
        ByteBuffer result = receive();
        if (result.get(0) == (byte) 0xfe) {
            byte[] scramble = new byte[SCRAMBLE_BYTES];
            result.get();
            String other = string(result);
            result.get(scramble);
            send(ByteBuffer.wrap(proof(other, password, scramble)).position(proof(other, password, scramble).length));
            result = receive();
        }
        return result.get(0) == 1 && result.limit() == 2 && result.get(1) == FAST_AUTH_SUCCESS ? receive() : result;
    }

    /** Logs in again on the same connection; answers what the server says to it. */
    ByteBuffer changeUser(String user, String password, String database) throws IOException {
        ByteBuffer payload = buffer(1024);
        payload.put(bytes(user))
                .put((byte) 0)
                .put((byte) 0)
                .put(bytes(database))
                .put((byte) 0);
        payload.putShort((short) UTF8MB4).put(bytes("mysql_native_password")).put((byte) 0);
        command(CHANGE_USER, payload);
        return proved(password);
    }

    /** Sends two commands at once. */
    void together(int first, ByteBuffer payload, int second, ByteBuffer behind) throws IOException {
        ByteBuffer both = buffer(payload.position() + behind.position() + 10);
        for (Object[] each : new Object[][] {{first, payload}, {second, behind}}) {
            ByteBuffer one = (ByteBuffer) each[1];
            both.put((byte) (one.position() + 1)).putShort((short) 0).put((byte) 0);
            both.put(((Integer) each[0]).byteValue()).put(one.array(), 0, one.position());
        }
        number = 1;
        out.write(both.array());
        out.flush();
    }

    /** Sends a packet more. */
    void more(byte[] payload) throws IOException {
        send(ByteBuffer.wrap(payload).position(payload.length));
    }

    /** All that comes until the connection ends, however it does. */
    String end() throws IOException {
        StringBuilder heard = new StringBuilder();
        byte[] some = new byte[1 << 16];
        try {
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                heard.append(new String(some, 0, length, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException e) {
            // A server that forgets what it has not read closes with a reset.
            if (!String.valueOf(e.getMessage()).contains("reset")) {
                throw e;
            }
        }
        return heard.toString();
    }

    /** Whether the server has closed the connection. */
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    /** Runs a text; answers the first value of its first row, or its error, or how many rows it has changed. */
    String run(String sql) throws IOException {
        ByteBuffer text = buffer(sql.length() * 3);
        text.put(bytes(sql));
        command(QUERY, text);
        return value();
    }

    /** Sends a text; what comes of it is not waited for. */
    void begin(String sql) throws IOException {
        byte[] text = bytes(sql);
        command(QUERY, buffer(text.length).put(text));
    }

    /** The next packet that is no report of progress; the reports before it, each behind the number of its packet, are added. */
    ByteBuffer receive(List<String> reports) throws IOException {
        ByteBuffer payload = receive();
        while (payload.limit() > 2 && payload.get(0) == (byte) 0xff && payload.getShort(1) == -1) {
            reports.add(received() + " " + StandardCharsets.UTF_8.decode(payload.position(PROGRESS_HEADER)));
            payload = receive();
        }
        return payload;
    }

    /** The first value of the result that is due, or its error, or how many rows it has changed. */
    String value() throws IOException {
        List<ByteBuffer> payloads = result();
        ByteBuffer first = payloads.get(0);
        if (first.get(0) == 0) {
            return first.get(1) + " changed";
        }
        if (first.get(0) == (byte) 0xff) {
            return error(first);
        }
        int rows = 1 + first.get(0) + 1;
        return payloads.size() == rows + 1 ? "nothing" : value(payloads.get(rows));
    }

    /** The number and the text of an error. */
    static String error(ByteBuffer payload) {
        ByteBuffer rest = payload.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(1);
        return rest.getShort() + " " + StandardCharsets.UTF_8.decode(rest.position(9));
    }

    private static String value(ByteBuffer row) {
        int length = Byte.toUnsignedInt(row.get(0));
        return length == NULL ? "NULL" : new String(row.array(), 1, length, StandardCharsets.UTF_8);
    }

    private static byte[] proof(String plugin, String password, byte[] scramble) {
        boolean sha256 = plugin.equals("caching_sha2_password");
        String algorithm = sha256 ? "SHA-256" : "SHA-1";
        byte[] once = hash(algorithm, bytes(password));
        byte[] twice = hash(algorithm, once);
        byte[] mixed = sha256 ? hash(algorithm, twice, scramble) : hash(algorithm, scramble, twice);
        for (int i = 0; i < once.length; i++) {
            once[i] ^= mixed[i];
        }
        return once;
    }

    private static byte[] hash(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            Arrays.stream(parts).forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    /** Room for a payload. */
    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a command: its byte, and what was put into a buffer. */
    void command(int command, ByteBuffer payload) throws IOException {
        number = 0;
        ByteBuffer whole = buffer(payload.position() + 1);
        whole.put((byte) command).put(payload.array(), 0, payload.position());
        send(whole);
    }

    private void send(ByteBuffer payload) throws IOException {
        int at = 0;
        int length;
        do {
            length = Math.min(payload.position() - at, MAX_PACKET - 1);
            byte[] packet = new byte[length + 4];
            packet[0] = (byte) length;
            packet[1] = (byte) (length >> 8);
            packet[2] = (byte) (length >> 16);
            packet[3] = (byte) number++;
            System.arraycopy(payload.array(), at, packet, 4, length);
            out.write(packet);
            at += length;
        } while (length == MAX_PACKET - 1);
        out.flush();
    }

    /** Sends bytes as they are. */
    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Drops all that comes until nothing has come for a while. */
    void hearAll() throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        try {
            while (in.read() >= 0) {
                in.skipNBytes(in.available());
            }
        } catch (SocketTimeoutException silence) {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** The number of the packet that was received last. */
    int received() {
        return number - 1;
    }

    /** The next packet's payload. */
    ByteBuffer receive() throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        number = in.readUnsignedByte() + 1;
        byte[] payload = new byte[length];
        in.readFully(payload);
        return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Prepares a statement with parameters; answers its number. */
    int prepare(String sql) throws IOException {
        ByteBuffer ok = prepared(sql);
        int statement = ok.getInt();
        int columns = ok.getShort();
        definitions(ok.getShort());
        definitions(columns);
        return statement;
    }

    /** Prepares a statement with parameters; answers the definitions of its columns. */
    List<ByteBuffer> columns(String sql) throws IOException {
        ByteBuffer ok = prepared(sql);
        ok.getInt();
        int columns = ok.getShort();
        definitions(ok.getShort());
        return definitions(columns);
    }

    private ByteBuffer prepared(String sql) throws IOException {
        ByteBuffer text = buffer(sql.length() * 4);
        text.put(bytes(sql));
        command(PREPARE, text);
        ByteBuffer ok = receive();
        if (ok.get() != 0) {
            throw new IOException("not prepared: " + StandardCharsets.UTF_8.decode(ok));
        }
        return ok;
    }

    private List<ByteBuffer> definitions(int count) throws IOException {
        List<ByteBuffer> definitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            definitions.add(receive());
        }
        if (count > 0 && (capabilities & DEPRECATE_EOF) == 0) {
            receive();
        }
        return definitions;
    }

    /** How long the one value is that a text gives, and whether it is all of one letter. */
    String longRow(String sql) throws IOException {
        ByteBuffer text = buffer(sql.length() * 4);
        text.put(bytes(sql));
        command(QUERY, text);
        ByteBuffer count = receive();
        if (count.get(0) == (byte) 0xff) {
            return error(count);
        }
        receive();
        receive();
        long length = 0;
        long letters = 0;
        ByteBuffer part;
        do {
            part = receive();
            for (byte b : part.array()) {
                letters += b == 'x' ? 1 : 0;
            }
            length += part.limit();
        } while (part.limit() == MAX_PACKET - 1);
        if (part.get(0) != (byte) 0xfe) {
            receive();
        }
        return length + " bytes, " + letters + " letters";
    }

    /** The payloads of the one result set that is due, from its column count to its end; or of the error in its place. */
    List<ByteBuffer> result() throws IOException {
        return result(false);
    }

    /** The same, where definitions may end with nothing. */
    List<ByteBuffer> result(boolean deprecatesEof) throws IOException {
        List<ByteBuffer> payloads = new ArrayList<>();
        int ends = deprecatesEof ? 1 : 0;
        while (ends < 2) {
            ByteBuffer payload = receive();
            payloads.add(payload);
            if (payloads.size() == 1 && (payload.get(0) == 0 || payload.get(0) == (byte) 0xff)) {
                return payloads;
            }
            ends += payload.get(0) == (byte) 0xfe && payload.remaining() < 9 ? 1 : 0;
            if (payload.get(0) == (byte) 0xff) {
                return payloads;
            }
        }
        return payloads;
    }

    /** For what is not said command by command. */
    Socket socket() {
        return socket;
    }

    private static String string(ByteBuffer buffer) {
        StringBuilder text = new StringBuilder();
        byte b = buffer.get();
        while (b != 0) {
            text.append((char) b);
            b = buffer.get();
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
