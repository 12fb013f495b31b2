package dev.gatehouse.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Stands between a real client and a real server and writes down what each said, in the order it was said, a packet on a
 * line; {@code wire-mysql/src/test/vectors/README.md} tells the form. A packet is written down before it is passed on, so that
 * an answer never stands before its question. What the gateway does not offer to clients the server does not offer here either.
 * For one connection.
 */
final class MySqlTee implements AutoCloseable {

    private static final int HEADER = 4;
    private static final int RUN = 24;

    /** OPTIONAL_RESULTSET_METADATA, ZSTD_COMPRESSION_ALGORITHM, QUERY_ATTRIBUTES and MULTI_FACTOR_AUTHENTICATION. */
    private static final int HIDDEN = 0xf << 9;
    /** Of MariaDB's own capabilities the one that the gateway offers too: reports of progress. */
    private static final int SHOWN_OF_MARIADB = 1;

    /** The same, and many executions in one command, which the gateway offers nobody. */
    static final int BULK_SHOWN = SHOWN_OF_MARIADB | 4;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<String> lines = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(2);
    private final String host;
    private final int target;
    private final int shownOfMariaDb;

    /** @param target the port of the server */
    MySqlTee(String host, int target) throws IOException {
        this(host, target, SHOWN_OF_MARIADB);
    }

    /** @param shownOfMariaDb which of MariaDB's own capabilities the client is shown */
    MySqlTee(String host, int target, int shownOfMariaDb) throws IOException {
        this.shownOfMariaDb = shownOfMariaDb;
        this.host = host;
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What was said; waits until both sides have closed. */
    List<String> lines() throws InterruptedException {
        over.await();
        return List.copyOf(lines);
    }

    private void accept() {
        try {
            Socket client = listener.accept();
            Socket server = new Socket(host, target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            daemon(() -> pump(client, server, '>'));
            daemon(() -> pump(server, client, '<'));
        } catch (IOException e) {
            over.countDown();
            over.countDown();
        }
    }

    private void pump(Socket from, Socket to, char side) {
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        try (to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            boolean greeting = side == '<';
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (greeting) {
                    hide(buffer);
                    greeting = false;
                }
                pending.write(buffer, 0, read);
                cut(pending, side);
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // Either side has had enough.
        } finally {
            over.countDown();
        }
    }

    private void hide(byte[] greeting) {
        int at = HEADER + 1;
        while (greeting[at] != 0) {
            at++;
        }
        // Behind the version stand a number, the first eight bytes of the scramble, a zero, half the capabilities, a
        // collation
        // and a status; then the other half, a length, and, behind six zeros, MariaDB's own.
        at += 1 + 4 + 8 + 1 + 2 + 1 + 2;
        greeting[at + 1] &= (byte) ~(HIDDEN >> Byte.SIZE);
        boolean ofMariaDb = greeting[at + 9] != 0;
        if (ofMariaDb) {
            greeting[at + 9] &= (byte) shownOfMariaDb;
        }
    }

    /** Writes down what is whole, and keeps the rest. */
    private void cut(ByteArrayOutputStream pending, char side) {
        byte[] bytes = pending.toByteArray();
        int at = 0;
        while (bytes.length - at >= HEADER) {
            int length = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
            if (bytes.length - at < HEADER + length) {
                break;
            }
            String line = side + " " + (bytes[at + 3] & 0xff) + " " + escape(bytes, at + HEADER, at + HEADER + length);
            synchronized (lines) {
                lines.add(line);
            }
            at += HEADER + length;
        }
        pending.reset();
        pending.write(bytes, at, bytes.length - at);
    }

    private static String escape(byte[] bytes, int from, int end) {
        StringBuilder text = new StringBuilder();
        int run;
        for (int i = from; i < end; i += run) {
            run = 1;
            while (i + run < end && bytes[i + run] == bytes[i]) {
                run++;
            }
            String one = escape(bytes[i]);
            text.append(run >= RUN ? "\\{" + run + "}" + one : one.repeat(run));
        }
        return text.toString();
    }

    private static String escape(byte value) {
        return switch (value) {
            case 0 -> "\\0";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            default ->
                value >= ' ' && value < 0x7f ? String.valueOf((char) value) : String.format("\\x%02x", value & 0xff);
        };
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "tee");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
