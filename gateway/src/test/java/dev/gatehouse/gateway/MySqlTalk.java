package dev.gatehouse.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Says statements to MySQL or MariaDB, or to a gateway in front of it, and keeps every byte that comes back. */
final class MySqlTalk implements Twins.Talk {

    /** Files of the client's, several statements in a text, changes of the session's state told. */
    private static final int CAPABILITIES = 0x80 | 0x10000 | 0x800000;

    private static final int CLOSE = 0x19;
    private static final int MORE_RESULTS = 8;
    private static final int OK = 0;
    private static final int LOCAL_INFILE = 0xfb;
    private static final int EOF = 0xfe;
    private static final int ERROR = 0xff;
    private static final int NULL = 0xfb;
    private static final int LONGEST_EOF = 8;

    private final MySqlWireClient client;
    private final String database;
    private final List<Packet> packets = new ArrayList<>();
    private boolean refused;
    private boolean failed;

    /**
     * One packet of an answer.
     *
     * @param bytes all of it, a character for each byte
     * @param told the same without the database's name
     * @param sort what it is
     */
    record Packet(String bytes, String told, Sort sort) {

        /** The values of a row of text. */
        List<String> values() {
            List<String> values = new ArrayList<>();
            ByteBuffer row =
                    ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN);
            while (row.hasRemaining()) {
                int first = row.get() & 0xff;
                int length = first == 0xfc
                        ? row.getShort() & 0xffff
                        : first == 0xfd ? (row.getShort() & 0xffff) | (row.get() & 0xff) << Short.SIZE : first;
                byte[] value = new byte[first == NULL ? 0 : length];
                row.get(value);
                values.add(first == NULL ? "NULL" : "'" + new String(value, StandardCharsets.ISO_8859_1) + "'");
            }
            return values;
        }
    }

    /** What a packet is. */
    enum Sort {
        TEXT_ROW,
        BINARY_ROW,
        OTHER
    }

    MySqlTalk(String host, int port, String user, String password, String database) throws IOException {
        this.client = MySqlWireClient.to(host, port, user, password, database, CAPABILITIES);
        this.database = database;
    }

    @Override
    public Twins.Heard say(String sql, boolean prepared) throws IOException {
        packets.clear();
        refused = false;
        failed = false;
        byte[] text = MySqlWireClient.bytes(sql.replace("{database}", database));
        ByteBuffer payload = MySqlWireClient.buffer(text.length).put(text);
        if (prepared) {
            prepared(payload);
        } else {
            client.command(MySqlWireClient.QUERY, payload);
            results(Sort.TEXT_ROW);
        }
        StringBuilder bytes = new StringBuilder();
        StringBuilder told = new StringBuilder();
        packets.forEach(packet -> bytes.append(packet.bytes()).append('\n'));
        packets.forEach(packet -> told.append(packet.told()).append('\n'));
        return new Twins.Heard(bytes.toString(), told.toString(), refused, failed);
    }

    /** The packets of the last answer. */
    List<Packet> packets() {
        return List.copyOf(packets);
    }

    private void prepared(ByteBuffer text) throws IOException {
        client.command(MySqlWireClient.PREPARE, text);
        ByteBuffer ok = client.receive();
        if (kind(ok) == ERROR) {
            hear(ok, Sort.OTHER);
            return;
        }
        ok.get();
        int statement = ok.getInt();
        int columns = ok.getShort();
        int parameters = ok.getShort();
        // The statement's number is a server's own affair.
        hear(ok.putInt(1, 0).position(0), Sort.OTHER);
        for (int definitions : new int[] {parameters, columns}) {
            for (int i = 0; definitions > 0 && i < definitions + 1; i++) {
                hear(client.receive(), Sort.OTHER);
            }
        }
        client.command(
                MySqlWireClient.EXECUTE,
                MySqlWireClient.buffer(9).putInt(statement).put((byte) 0).putInt(1));
        results(Sort.BINARY_ROW);
        client.command(CLOSE, MySqlWireClient.buffer(4).putInt(statement));
    }

    private void results(Sort rows) throws IOException {
        int status;
        do {
            ByteBuffer first = heard();
            status = switch (kind(first)) {
                case ERROR -> 0;
                case OK -> statusOfOk(first);
                case LOCAL_INFILE -> {
                    // The file that is asked for holds its own name.
                    client.more(MySqlWireClient.bytes(
                            StandardCharsets.UTF_8.decode(first.position(1)).toString()));
                    client.more(new byte[0]);
                    heard();
                    yield 0;
                }
                default -> rows(first.get(0) & 0xff, rows);
            };
        } while ((status & MORE_RESULTS) != 0);
    }

    /** Answers the status behind the last row. */
    private int rows(int columns, Sort sort) throws IOException {
        for (int i = 0; i < columns + 1; i++) {
            if (kind(heard()) == ERROR) {
                return 0;
            }
        }
        ByteBuffer row;
        do {
            row = client.receive();
            boolean last = kind(row) == ERROR || (kind(row) == EOF && row.limit() <= LONGEST_EOF);
            hear(row, last ? Sort.OTHER : sort);
            if (kind(row) == ERROR) {
                return 0;
            }
        } while (kind(row) != EOF || row.limit() > LONGEST_EOF);
        return row.getShort(3);
    }

    private static int statusOfOk(ByteBuffer ok) {
        ByteBuffer rest = ok.duplicate().order(ok.order()).position(1);
        skipNumber(rest);
        skipNumber(rest);
        return rest.getShort();
    }

    private static void skipNumber(ByteBuffer buffer) {
        int first = buffer.get() & 0xff;
        int more = first == 0xfc ? 2 : first == 0xfd ? 3 : first == 0xfe ? 8 : 0;
        buffer.position(buffer.position() + more);
    }

    private ByteBuffer heard() throws IOException {
        ByteBuffer payload = client.receive();
        hear(payload, Sort.OTHER);
        return payload;
    }

    private void hear(ByteBuffer payload, Sort sort) {
        String text = StandardCharsets.ISO_8859_1.decode(payload.duplicate()).toString();
        packets.add(new Packet(text, text.replace(database, "the_database"), sort));
        refused |= kind(payload) == ERROR && text.contains("[gatehouse:");
        failed |= kind(payload) == ERROR;
    }

    private static int kind(ByteBuffer payload) {
        return payload.get(0) & 0xff;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
