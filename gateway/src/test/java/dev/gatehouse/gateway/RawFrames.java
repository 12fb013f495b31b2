package dev.gatehouse.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutorBase;

/** Frames that no driver would send in this order, on a connection that a driver has logged in. */
final class RawFrames {

    private final Socket socket;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final FrameNames names = new FrameNames();
    private int readies;

    RawFrames(Connection connection) throws SQLException, ReflectiveOperationException {
        var stream = QueryExecutorBase.class.getDeclaredField("pgStream");
        stream.setAccessible(true);
        var executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        socket = ((PGStream) stream.get(executor)).getSocket();
    }

    RawFrames query(String sql) {
        readies++;
        return frame('Q', sql);
    }

    /** A simple query that the server skips. */
    RawFrames skippedQuery(String sql) {
        return frame('Q', sql);
    }

    RawFrames parse(String name, String sql) {
        return frame('P', name, sql, new byte[2]);
    }

    RawFrames bind(String portal, String statement) {
        return frame('B', portal, statement, new byte[6]);
    }

    /**
     * Binds values as text.
     *
     * @param format of all the columns of the result: 0 for text, 1 for binary
     */
    RawFrames bind(String portal, String statement, int format, List<String> values) {
        ByteBuffer lengths = ByteBuffer.allocate(64 << 10).putShort((short) 0).putShort((short) values.size());
        for (String value : values) {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            lengths.putInt(text.length).put(text);
        }
        lengths.putShort((short) 1).putShort((short) format);
        return frame('B', portal, statement, Arrays.copyOf(lengths.array(), lengths.position()));
    }

    /** @param kind S for a statement, P for a portal */
    RawFrames describe(char kind, String name) {
        return frame('D', new byte[] {(byte) kind}, name);
    }

    /** @param kind S for a statement, P for a portal */
    RawFrames close(char kind, String name) {
        return frame('C', new byte[] {(byte) kind}, name);
    }

    /** Calls the function of this number, without arguments. */
    RawFrames functionCall(int function) {
        readies++;
        return frame('F', ByteBuffer.allocate(10).putInt(function).array());
    }

    RawFrames copyData(String data) {
        return frame('d', data.getBytes(StandardCharsets.UTF_8));
    }

    RawFrames copyDone() {
        return frame('c');
    }

    RawFrames copyFail(String why) {
        return frame('f', why);
    }

    RawFrames execute(String portal, int rows) {
        return frame('E', portal, new byte[] {0, 0, 0, (byte) rows});
    }

    RawFrames flush() {
        return frame('H');
    }

    /** A line of data and the end of it. */
    RawFrames copied(String line) {
        return frame('d', line.getBytes(StandardCharsets.UTF_8)).frame('c');
    }

    /** A Sync that the server does not answer. */
    RawFrames ignoredSync() {
        return frame('S');
    }

    RawFrames sync() {
        readies++;
        return frame('S');
    }

    private RawFrames frame(char tag, Object... parts) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (Object part : parts) {
                if (part instanceof String text) {
                    body.write(text.getBytes(StandardCharsets.UTF_8));
                    body.write(0);
                } else {
                    body.write((byte[]) part);
                }
            }
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(tag);
            out.writeInt(Integer.BYTES + body.size());
            body.writeTo(out);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends all of it in one write and answers what comes back, up to the last ReadyForQuery that is due. */
    String send() throws IOException {
        return send('Z', readies);
    }

    /** As {@link #send()}, but waits for an error instead. */
    String sendUntilError() throws IOException {
        return send('E', 1);
    }

    /**
     * Sends all of it and, behind it, a Sync and an empty query, and answers every frame that comes back, in a form in which
     * two servers' frames can be compared. None of what is sent may be an empty query itself.
     */
    List<String> exchange() throws IOException {
        return frames().stream().map(this::described).toList();
    }

    /** A frame of the server's. */
    record Answered(char tag, byte[] body) {}

    /** As {@link #exchange()}, in the server's own form. */
    List<Answered> frames() throws IOException {
        frame('S').frame('Q', "");
        DataInputStream in = speak();
        List<Answered> told = new ArrayList<>();
        boolean empty = false;
        try {
            while (true) {
                Answered frame = hear(in);
                told.add(frame);
                char tag = frame.tag();
                if (empty && tag == 'Z') {
                    return told;
                }
                empty = tag == 'I';
            }
        } catch (IOException e) {
            throw new IOException(
                    "nothing more after " + told.stream().map(this::described).toList(), e);
        }
    }

    /** Sends all of it and says no more; answers every frame that comes back until the other side closes as well. */
    List<String> lastWords() throws IOException {
        DataInputStream in = speak();
        socket.shutdownOutput();
        List<String> told = new ArrayList<>();
        try {
            while (true) {
                told.add(described(hear(in)));
            }
        } catch (EOFException e) {
            return told;
        }
    }

    private DataInputStream speak() throws IOException {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(bytes.toByteArray());
        socket.getOutputStream().flush();
        bytes.reset();
        readies = 0;
        return new DataInputStream(socket.getInputStream());
    }

    private static Answered hear(DataInputStream in) throws IOException {
        char tag = (char) in.readUnsignedByte();
        return new Answered(tag, in.readNBytes(in.readInt() - Integer.BYTES));
    }

    private String described(Answered frame) {
        return names.describe(frame.tag(), ByteBuffer.wrap(frame.body()));
    }

    private String send(char last, int times) throws IOException {
        int left = times;
        DataInputStream in = speak();
        StringBuilder told = new StringBuilder();
        while (left > 0) {
            int tag = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
            told.append((char) tag).append(new String(body, StandardCharsets.UTF_8));
            left -= tag == last ? 1 : 0;
        }
        return told.toString();
    }
}
