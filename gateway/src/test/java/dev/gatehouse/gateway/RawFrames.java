package dev.gatehouse.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutorBase;

/** Frames that no driver would send in this order, on a connection that a driver has logged in. */
final class RawFrames {

    private final Socket socket;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
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

    private String send(char last, int times) throws IOException {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(bytes.toByteArray());
        socket.getOutputStream().flush();
        bytes.reset();
        readies = 0;
        DataInputStream in = new DataInputStream(socket.getInputStream());
        StringBuilder told = new StringBuilder();
        for (int left = times; left > 0; ) {
            int tag = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
            told.append((char) tag).append(new String(body, StandardCharsets.UTF_8));
            left -= tag == last ? 1 : 0;
        }
        return told.toString();
    }
}
