package dev.gatehouse.gateway;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands that no driver would send in this order, on a connection that is logged in. */
@SuppressWarnings("ByteBufferBackingArray") // All buffers are made by allocate.
final class MySqlRawPackets implements AutoCloseable {

    /** By which MariaDB's clients mean the statement they have prepared last. */
    static final int LAST = -1;

    static final byte NO_CURSOR = 0;
    static final byte READ_ONLY_CURSOR = 1;

    private static final int QUIT = 1;
    private static final int INIT_DB = 2;
    private static final int QUERY = 3;
    private static final int FIELD_LIST = 4;
    private static final int STATISTICS = 9;
    private static final int PING = 14;
    private static final int PREPARE = 22;
    private static final int EXECUTE = 23;
    private static final int LONG_DATA = 24;
    private static final int CLOSE = 25;
    private static final int RESET = 26;
    private static final int SET_OPTION = 27;
    private static final int FETCH = 28;
    private static final int RESET_CONNECTION = 31;

    private static final int MAX_PAYLOAD = 0xffffff;
    private static final String END = "the end of batch ";

    /**
     * A value bound to a parameter.
     *
     * @param type as the protocol numbers types; 0x8000 more where it is unsigned
     * @param bytes as they stand in the packet; null for NULL
     */
    record Value(int type, byte @Nullable [] bytes) {

        static Value text(String text) {
            byte[] bytes = MySqlWireClient.bytes(text);
            ByteBuffer value = MySqlWireClient.buffer(bytes.length + 4);
            if (bytes.length < 251) {
                value.put((byte) bytes.length);
            } else {
                value.put((byte) 0xfd).put((byte) bytes.length).putShort((short) (bytes.length >> 8));
            }
            value.put(bytes);
            return new Value(253, Arrays.copyOf(value.array(), value.position()));
        }

        static Value number(long number) {
            return new Value(8, MySqlWireClient.buffer(8).putLong(number).array());
        }

        static Value none() {
            return new Value(6, null);
        }

        /** One whose bytes were sent ahead. */
        static Value ahead() {
            return new Value(252, new byte[0]);
        }
    }

    private final MySqlWireClient client;
    private final MySqlPacketNames names;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder said = new StringBuilder();
    private final boolean patient;
    private int batches;

    /** @param database whose name differs from one connection to the other */
    MySqlRawPackets(MySqlWireClient client, String database) {
        this(client, database, false);
    }

    private MySqlRawPackets(MySqlWireClient client, String database, boolean patient) {
        this.client = client;
        this.patient = patient;
        this.names = new MySqlPacketNames(database);
    }

    /** Sends each command at once, and waits until nothing more comes of it, as recorders may. */
    static MySqlRawPackets patient(MySqlWireClient client, String database) {
        return new MySqlRawPackets(client, database, true);
    }

    MySqlRawPackets query(String sql) {
        return command(QUERY, MySqlWireClient.bytes(names.placed(sql)));
    }

    MySqlRawPackets prepare(String sql) {
        return command(PREPARE, MySqlWireClient.bytes(names.placed(sql)));
    }

    /** Executes a statement by its number, with the types of its values. */
    MySqlRawPackets execute(int statement, byte cursor, List<Value> values) {
        return execute(statement, cursor, values, true);
    }

    /** @param typed whether the types of the values are told, or those told before hold */
    MySqlRawPackets execute(int statement, byte cursor, List<Value> values, boolean typed) {
        ByteBuffer payload = MySqlWireClient.buffer(1 << 20);
        payload.putInt(statement).put(cursor).putInt(1);
        if (!values.isEmpty()) {
            byte[] nulls = new byte[(values.size() + 7) / 8];
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i).bytes() == null) {
                    nulls[i / 8] |= (byte) (1 << i % 8);
                }
            }
            payload.put(nulls).put((byte) (typed ? 1 : 0));
            for (Value value : values) {
                if (typed) {
                    payload.putShort((short) value.type());
                }
            }
            for (Value value : values) {
                byte[] of = value.bytes();
                if (of != null) {
                    payload.put(of);
                }
            }
        }
        return command(EXECUTE, Arrays.copyOf(payload.array(), payload.position()));
    }

    MySqlRawPackets fetch(int statement, int rows) {
        return command(
                FETCH, MySqlWireClient.buffer(8).putInt(statement).putInt(rows).array());
    }

    MySqlRawPackets reset(int statement) {
        return command(RESET, MySqlWireClient.buffer(4).putInt(statement).array());
    }

    MySqlRawPackets close(int statement) {
        return command(CLOSE, MySqlWireClient.buffer(4).putInt(statement).array());
    }

    MySqlRawPackets longData(int statement, int parameter, String data) {
        byte[] text = MySqlWireClient.bytes(data);
        return command(
                LONG_DATA,
                MySqlWireClient.buffer(6 + text.length)
                        .putInt(statement)
                        .putShort((short) parameter)
                        .put(text)
                        .array());
    }

    MySqlRawPackets initDb(String database) {
        return command(INIT_DB, MySqlWireClient.bytes(names.placed(database)));
    }

    MySqlRawPackets fieldList(String table, String wildcard) {
        return command(FIELD_LIST, MySqlWireClient.bytes(table + "\0" + wildcard));
    }

    MySqlRawPackets setOption(int option) {
        return command(
                SET_OPTION, MySqlWireClient.buffer(2).putShort((short) option).array());
    }

    MySqlRawPackets ping() {
        return command(PING, new byte[0]);
    }

    MySqlRawPackets statistics() {
        return command(STATISTICS, new byte[0]);
    }

    MySqlRawPackets resetConnection() {
        return command(RESET_CONNECTION, new byte[0]);
    }

    MySqlRawPackets quit() {
        return command(QUIT, new byte[0]);
    }

    /** Any command, with any payload. */
    MySqlRawPackets command(int command, byte[] payload) {
        said.append(command)
                .append(' ')
                .append(names.describe(new String(payload, StandardCharsets.ISO_8859_1)))
                .append("; ");
        ByteBuffer whole = MySqlWireClient.buffer(payload.length + 1);
        return payload(whole.put((byte) command).put(payload).array(), 0);
    }

    /** What a server gets that asks for a file: pieces of it, and its end; the request has been the packet before this number. */
    MySqlRawPackets file(int number, String... pieces) {
        int next = number;
        for (String piece : pieces) {
            payload(MySqlWireClient.bytes(piece), next++);
        }
        return payload(new byte[0], next);
    }

    private MySqlRawPackets payload(byte[] payload, int number) {
        int next = number;
        int at = 0;
        int length;
        do {
            length = Math.min(MAX_PAYLOAD, payload.length - at);
            bytes.write(length);
            bytes.write(length >> 8);
            bytes.write(length >> 16);
            bytes.write(next++);
            bytes.write(payload, at, length);
            at += length;
        } while (length == MAX_PAYLOAD);
        if (patient) {
            try {
                client.write(bytes.toByteArray());
                client.hearAll();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bytes.reset();
        }
        return this;
    }

    /** What was said in this batch and those before it. */
    String said() {
        return said.toString();
    }

    /**
     * Sends all of it and, behind it, a query of its own, and answers every packet that comes back, in a form in which two
     * servers' packets can be compared; behind the end of the connection there is nothing.
     */
    List<String> exchange() throws IOException {
        String end = END + ++batches;
        query("select '" + end + "'");
        List<String> told = new ArrayList<>();
        try {
            client.write(bytes.toByteArray());
            bytes.reset();
            boolean last = false;
            while (true) {
                ByteBuffer payload = client.receive();
                if (last) {
                    return told;
                }
                String text =
                        StandardCharsets.ISO_8859_1.decode(payload.duplicate()).toString();
                last = text.equals((char) end.length() + end);
                told.add(client.received() + " " + names.describe(text));
            }
        } catch (EOFException | SocketException e) {
            told.add("closed");
            return told;
        } catch (IOException e) {
            throw new IOException("nothing more after " + told + " to " + said, e);
        }
    }

    /** Sends all of it and says no more; answers every packet that comes back until the other side closes as well. */
    List<String> lastWords() throws IOException {
        List<String> told = new ArrayList<>();
        client.write(bytes.toByteArray());
        bytes.reset();
        client.socket().shutdownOutput();
        try {
            while (true) {
                ByteBuffer payload = client.receive();
                String text = StandardCharsets.ISO_8859_1.decode(payload).toString();
                told.add(client.received() + " " + names.describe(text));
            }
        } catch (EOFException e) {
            return told;
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
