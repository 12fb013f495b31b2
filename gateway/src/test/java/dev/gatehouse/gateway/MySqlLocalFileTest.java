package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.MySqlServer;
import dev.gatehouse.testing.RealMariaDb;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that a client loads: it is asked for none before that is ruled on. */
final class MySqlLocalFileTest {

    private static final int LOCAL_FILES = 0x80;
    private static final int MULTI_STATEMENTS = 0x10000;
    private static final byte ASKS = (byte) 0xfb;
    private static final String LOAD = "load data local infile 'any' into table loaded";

    @TempDir
    private Path folder;

    private static MySqlGateway start(MySqlServer server, Path folder) throws Exception {
        MySqlGateway gateway = MySqlGateway.start(server, folder);
        try (Connection connection = gateway.direct();
                Statement statement = connection.createStatement()) {
            statement.execute("create table loaded (a varchar(100), b int)");
            statement.execute("set global local_infile = 1");
        }
        return gateway;
    }

    private static void command(MySqlWireClient client, String sql) throws IOException {
        ByteBuffer text = MySqlWireClient.buffer(512);
        text.put(MySqlWireClient.bytes(sql));
        client.command(MySqlWireClient.QUERY, text);
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aFileIsAskedForOnceItIsAllowed(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = start(product.server(), folder)) {
            try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", LOCAL_FILES | MULTI_STATEMENTS)) {
                for (int packets = 0; packets < 3; packets++) {
                    command(client, LOAD);
                    assertThat(client.receive().get(0)).isEqualTo(ASKS);
                    for (int i = 0; i < packets; i++) {
                        client.more(MySqlWireClient.bytes(("x\t" + i + "\n").repeat(100_000)));
                    }
                    client.more(new byte[0]);
                    assertThat(client.receive().get(0)).isZero();
                }
                assertThat(client.run("select count(*) from loaded")).isEqualTo("300000");
                command(client, "select 1; " + LOAD + "; select 2");
                client.result();
                assertThat(client.receive().get(0)).isEqualTo(ASKS);
                client.more(MySqlWireClient.bytes("\u0011as if it were a login\t1\n"));
                client.more(new byte[0]);
                assertThat(client.receive().get(0)).isZero();
                assertThat(client.result()).hasSizeGreaterThan(1);
                assertThat(client.run("select count(*) from loaded where a like '%login%'"))
                        .isEqualTo("1");
            }
            try (MySqlWireClient client = MySqlWireClient.through(gateway, "maya", LOCAL_FILES)) {
                command(client, LOAD);
                assertThat(MySqlWireClient.error(client.receive())).startsWith("1227 ");
                assertThat(client.run("select 1")).isEqualTo("1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void theCommandLineClientLoadsAFile(MySqlProductUnderTest product) throws Exception {
        InstalledTool.assume("mariadb");
        Path file = Files.writeString(folder.resolve("rows"), "row\t7\n".repeat(500_000));
        String load = "load data local infile '" + file + "' into table loaded; select count(*), sum(b) from loaded";
        try (MySqlGateway gateway = start(product.server(), folder.resolve("gateway"))) {
            assertThat(client(gateway, "erik", load)).isEqualTo("500000\t3500000\nexit 0\n");
            assertThat(client(gateway, "erik", load)).isEqualTo("1000000\t7000000\nexit 0\n");
            assertThat(client(gateway, "maya", load)).contains("ERROR 1227");
            assertThat(client(gateway, "erik", "load data local infile '/nowhere/at/all' into table loaded"))
                    .contains("not found");
        }
    }

    private static String client(MySqlGateway gateway, String user, String sql) throws Exception {
        return InstalledTool.run(
                "",
                "",
                "mariadb",
                "--no-defaults",
                "--local-infile=1",
                "--skip-ssl",
                "-h127.0.0.1",
                "-P" + gateway.port(),
                "-u" + user,
                "-p" + TestGateway.PASSWORD,
                "-N",
                "-e",
                sql,
                gateway.database());
    }

    /** A server that says what {@link RealMariaDb} says, but asks for a file where it hears a certain word. */
    private static final class Asking implements MySqlServer, AutoCloseable {

        private static final String WORD = "please";

        private final MySqlServer honest = RealMariaDb.shared();
        private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new ArrayList<>();

        Asking() throws IOException {
            daemon(this::accept);
        }

        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public int port() {
            return listener.getLocalPort();
        }

        private static void daemon(Runnable work) {
            Thread thread = new Thread(work, "asking");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket near = listener.accept();
                    Socket far = new Socket(honest.host(), honest.port());
                    synchronized (sockets) {
                        sockets.add(near);
                        sockets.add(far);
                    }
                    daemon(() -> back(far, near));
                    daemon(() -> forth(near, far));
                } catch (IOException e) {
                    return; // It is closed.
                }
            }
        }

        private static void back(Socket far, Socket near) {
            try (InputStream in = far.getInputStream();
                    OutputStream out = near.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                return; // One of them has gone.
            }
        }

        private static void forth(Socket near, Socket far) {
            try (DataInputStream in = new DataInputStream(near.getInputStream());
                    OutputStream out = far.getOutputStream()) {
                while (true) {
                    byte[] header = in.readNBytes(4);
                    if (header.length < 4) {
                        return;
                    }
                    int length = (header[0] & 0xff) | ((header[1] & 0xff) << 8) | ((header[2] & 0xff) << 16);
                    byte[] payload = in.readNBytes(length);
                    if (new String(payload, StandardCharsets.ISO_8859_1).contains(WORD)) {
                        byte[] file = MySqlWireClient.bytes("/etc/hostname");
                        near.getOutputStream().write(new byte[] {(byte) (file.length + 1), 0, 0, 1, ASKS});
                        near.getOutputStream().write(file);
                    } else {
                        out.write(header);
                        out.write(payload);
                    }
                }
            } catch (IOException e) {
                return; // One of them has gone.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            synchronized (sockets) {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void aServerThatAsksUnbiddenIsNotHeard() throws Exception {
        try (Asking server = new Asking();
                MySqlGateway gateway = MySqlGateway.start(server, folder)) {
            for (String user : new String[] {"erik", "maya"}) {
                try (MySqlWireClient client = MySqlWireClient.through(gateway, user, LOCAL_FILES)) {
                    assertThat(client.run("select 'thanks'")).isEqualTo("thanks");
                    command(client, "select 'please'");
                    assertThat(MySqlWireClient.error(client.receive()))
                            .startsWith("1835 ")
                            .contains("asks for a file");
                    assertThat(client.isClosed()).isTrue();
                }
            }
        }
    }

    /** What a client sends before it is asked is no file, but commands. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aFileThatComesBeforeItIsAskedForMayHideNothing(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = start(product.server(), folder);
                MySqlWireClient client = MySqlWireClient.through(gateway, "erik", LOCAL_FILES)) {
            ByteBuffer text = MySqlWireClient.buffer(512);
            text.put(MySqlWireClient.bytes(LOAD));
            ByteBuffer hidden = MySqlWireClient.buffer(512);
            hidden.put(MySqlWireClient.bytes("as if it were a login\t1\n"));
            client.together(MySqlWireClient.QUERY, text, MySqlWireClient.CHANGE_USER, hidden);
            assertThat(MySqlWireClient.error(client.receive())).startsWith("1835 ");
            assertThat(client.isClosed()).isTrue();
        }
    }
}
