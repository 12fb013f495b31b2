package dev.gatehouse.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Says statements to PostgreSQL, or to a gateway in front of it, and keeps every byte that comes back. */
final class PgTalk implements Twins.Talk {

    private final RawClient client;
    private final FrameNames names = new FrameNames();

    PgTalk(int port, String user, String password, String database) throws IOException {
        client = new RawClient(port);
        client.startup(0, "user", user, "database", database);
        var told = client.prove(password);
        if (!RawClient.isLetIn(told)) {
            client.close();
            throw new IOException("not let in: " + told.get(told.size() - 1).text());
        }
    }

    @Override
    public Twins.Heard say(String sql, boolean prepared) throws IOException {
        if (prepared) {
            byte[] text = (sql + "\0").getBytes(StandardCharsets.UTF_8);
            client.message(
                    'P',
                    ByteBuffer.allocate(text.length + 3).put((byte) 0).put(text).array());
            // No values, and all columns in binary.
            client.message('B', new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 1});
            client.message('D', new byte[] {'P', 0});
            client.message('E', new byte[5]);
            client.message('S', new byte[0]);
        } else {
            client.query(sql);
        }
        return heard(prepared);
    }

    private Twins.Heard heard(boolean prepared) throws IOException {
        StringBuilder told = new StringBuilder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean refused = false;
        boolean failed = false;
        RawClient.Message message;
        do {
            message = client.read();
            bytes.writeBytes(message.body());
            told.append(names.describe(message.tag(), ByteBuffer.wrap(message.body())));
            told.append(message.tag() == 'D' ? " #" + message.text().hashCode() + "\n" : "\n");
            refused |= message.tag() == 'E' && message.text().contains("[gatehouse:");
            failed |= message.tag() == 'E';
            if (message.tag() == 'G') {
                client.message('f', "nothing to copy\0".getBytes(StandardCharsets.US_ASCII));
                if (prepared) {
                    client.message('S', new byte[0]);
                }
            }
        } while (message.tag() != 'Z');
        return new Twins.Heard(bytes.toString(StandardCharsets.ISO_8859_1), told.toString(), refused, failed);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
