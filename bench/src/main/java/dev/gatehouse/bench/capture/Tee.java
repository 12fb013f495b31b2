package dev.gatehouse.bench.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a real client and a real server and writes down what each said, in the order it was said.
 *
 * <p>A message is written down before it is passed on, so that an answer never stands before its question.
 */
public final class Tee implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tee.class);
    private static final int BUFFER_BYTES = 1 << 16;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Connection> connections = new ArrayList<>();

    private Tee(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /** Starts listening on the loopback; port 0 takes a free one. */
    public static Tee start(int port, InetSocketAddress server) throws IOException {
        Tee tee = new Tee(new ServerSocket(port, 0, InetAddress.getLoopbackAddress()), server);
        tee.threads.execute(tee::accept);
        return tee;
    }

    /** Where clients connect. */
    public int port() {
        return listener.getLocalPort();
    }

    /** What was said on each connection, in the order they were made; waits until both sides of each are closed. */
    public List<List<String>> transcripts() throws InterruptedException {
        List<Connection> all;
        synchronized (connections) {
            all = List.copyOf(connections);
        }
        List<List<String>> transcripts = new ArrayList<>();
        for (Connection connection : all) {
            connection.closed.await();
            transcripts.add(List.copyOf(connection.lines));
        }
        return transcripts;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                join(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("cannot take a client on to {}", server, e);
                }
            }
        }
    }

    private void join(Socket client) throws IOException {
        Connection connection;
        try {
            connection = new Connection(client, new Socket(server.getHostString(), server.getPort()));
        } catch (IOException e) {
            client.close();
            throw e;
        }
        synchronized (connections) {
            connections.add(connection);
        }
        threads.execute(() -> connection.pump(WireText.CLIENT));
        threads.execute(() -> connection.pump(WireText.SERVER));
    }

    /** One connection being written down. */
    private static final class Connection {

        private final Socket client;
        private final Socket server;
        private final List<String> lines = new ArrayList<>();
        private final CountDownLatch closed = new CountDownLatch(2);
        private final Cutter clientCutter = new Cutter(WireText.CLIENT, lines::add);
        private final Cutter serverCutter = new Cutter(WireText.SERVER, lines::add);

        Connection(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void pump(char side) {
            boolean fromClient = side == WireText.CLIENT;
            Socket to = fromClient ? server : client;
            byte[] buffer = new byte[BUFFER_BYTES];
            try (to) {
                InputStream in = (fromClient ? client : server).getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    write(fromClient, buffer, read);
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException e) {
                LOG.debug("connection ended: {}", e.getMessage());
            } finally {
                finish(fromClient);
                closed.countDown();
            }
        }

        private synchronized void write(boolean fromClient, byte[] bytes, int length) {
            if (fromClient) {
                serverCutter.expectAnswers(clientCutter.take(bytes, length));
            } else {
                serverCutter.take(bytes, length);
            }
        }

        private synchronized void finish(boolean fromClient) {
            (fromClient ? clientCutter : serverCutter).finish();
        }
    }
}
