package dev.gatehouse.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Says statements to MySQL or MariaDB, or to a gateway in front of it, and keeps every byte that comes back. */
final class MySqlTalk implements Twins.Talk {

    /** Several statements in a text; changes of the session's state told. */
    private static final int CAPABILITIES = 0x10000 | 0x800000;

    private static final int CLOSE = 0x19;
    private static final int MORE_RESULTS = 8;
    private static final int OK = 0;
    private static final int LOCAL_INFILE = 0xfb;
    private static final int EOF = 0xfe;
    private static final int ERROR = 0xff;
    private static final int LONGEST_EOF = 8;

    private final MySqlWireClient client;
    private final String database;
    private StringBuilder bytes = new StringBuilder();
    private StringBuilder told = new StringBuilder();
    private boolean refused;
    private boolean failed;

    MySqlTalk(String host, int port, String user, String password, String database) throws IOException {
        this.client = MySqlWireClient.to(host, port, user, password, database, CAPABILITIES);
        this.database = database;
    }

    @Override
    public Twins.Heard say(String sql, boolean prepared) throws IOException {
        bytes = new StringBuilder();
        told = new StringBuilder();
        refused = false;
        failed = false;
        byte[] text = MySqlWireClient.bytes(sql.replace("{database}", database));
        ByteBuffer payload = MySqlWireClient.buffer(text.length).put(text);
        if (prepared) {
            prepared(payload);
        } else {
            client.command(MySqlWireClient.QUERY, payload);
            results();
        }
        return new Twins.Heard(bytes.toString(), told.toString(), refused, failed);
    }

    private void prepared(ByteBuffer text) throws IOException {
        client.command(MySqlWireClient.PREPARE, text);
        ByteBuffer ok = client.receive();
        if (kind(ok) == ERROR) {
            hear(ok);
            return;
        }
        ok.get();
        int statement = ok.getInt();
        int columns = ok.getShort();
        int parameters = ok.getShort();
        // The statement's number is a server's own affair.
        hear(ok.putInt(1, 0).position(0));
        for (int definitions : new int[] {parameters, columns}) {
            for (int i = 0; definitions > 0 && i < definitions + 1; i++) {
                hear(client.receive());
            }
        }
        client.command(
                MySqlWireClient.EXECUTE,
                MySqlWireClient.buffer(9).putInt(statement).put((byte) 0).putInt(1));
        results();
        client.command(CLOSE, MySqlWireClient.buffer(4).putInt(statement));
    }

    private void results() throws IOException {
        int status;
        do {
            ByteBuffer first = heard();
            status = switch (kind(first)) {
                case ERROR -> 0;
                case OK -> statusOfOk(first);
                case LOCAL_INFILE -> {
                    client.more(new byte[0]);
                    heard();
                    yield 0;
                }
                default -> rows(first.get(0) & 0xff);
            };
        } while ((status & MORE_RESULTS) != 0);
    }

    /** Answers the status behind the last row. */
    private int rows(int columns) throws IOException {
        for (int i = 0; i < columns + 1; i++) {
            if (kind(heard()) == ERROR) {
                return 0;
            }
        }
        ByteBuffer row;
        do {
            row = heard();
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
        hear(payload);
        return payload;
    }

    private void hear(ByteBuffer payload) {
        String text = StandardCharsets.ISO_8859_1.decode(payload.duplicate()).toString();
        bytes.append(text).append('\n');
        told.append(text.replace(database, "the_database")).append('\n');
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
