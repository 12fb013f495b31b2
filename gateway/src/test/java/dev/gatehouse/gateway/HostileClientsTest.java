package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.gateway.settings.Loaded;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets a clear error or a clean close, and disturbs nobody else. */
final class HostileClientsTest {

    @TempDir
    private static Path folder;

    private static TestGateway gateway;
    private static Connection bystander;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder);
        bystander = gateway.connect("erik");
    }

    @AfterAll
    static void stop() throws SQLException {
        bystander.close();
        gateway.close();
    }

    @AfterEach
    void nobodyElseWasDisturbed() throws SQLException {
        assertThat(bystander.createStatement().execute("select count(*) from orders"))
                .isTrue();
    }

    /** Sends bytes and reads until the gateway closes, which may cut off what it has not read. */
    private static String answer(byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            ByteArrayOutputStream told = new ByteArrayOutputStream();
            try (InputStream in = socket.getInputStream()) {
                in.transferTo(told);
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("reset");
            }
            return told.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void garbageIsAnsweredWithANativeErrorAndClosed() throws Exception {
        assertThat(answer("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .contains("invalid length of startup packet");
        byte[] noise = new byte[4096];
        new Random(7).nextBytes(noise);
        answer(noise);
    }

    @Test
    void aFrameOfTwoGigabytesBeforeLoginIsClosedAtOnce() throws Exception {
        assertThat(answer(new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 3, 0, 0}))
                .contains("invalid length of startup packet");
    }

    @Test
    void aFrameOfTwoGigabytesInsteadOfAProofIsClosedAtOnce() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] parameters = "user\0maya\0database\0shop\0\0".getBytes(StandardCharsets.US_ASCII);
        out.writeInt(8 + parameters.length);
        out.writeInt(196608);
        out.write(parameters);
        out.writeByte('p');
        out.writeInt(Integer.MAX_VALUE);
        // The proof may not come before it is asked for: whatever follows the startup packet in one breath is refused.
        assertThat(answer(bytes.toByteArray())).contains("08P01");
    }

    private static SQLException refused(String user, String... properties) {
        return catchThrowableOfType(
                SQLException.class, () -> gateway.connect(user, properties).close());
    }

    @Test
    void aWrongPasswordAndAnUnknownUserLookTheSame() {
        SQLException wrong = refused("maya", "password", "wrong");
        SQLException unknown = refused("nobody", "password", "wrong");
        assertThat(wrong.getSQLState()).isEqualTo("28P01");
        assertThat(unknown.getSQLState()).isEqualTo("28P01");
        assertThat(unknown.getMessage())
                .isEqualTo(String.valueOf(wrong.getMessage()).replace("maya", "nobody"));
    }

    @Test
    void aUserWithoutALoginIsToldSo() {
        assertThat(refused("lead").getSQLState()).isEqualTo("28000");
    }

    @Test
    void anUnknownDatabaseIsNamedWithTheOnesThereAre() throws Exception {
        SQLException thrown = catchThrowableOfType(SQLException.class, () -> java.sql.DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + gateway.port() + "/nowhere?user=maya&password=demo")
                .close());
        assertThat(thrown.getSQLState()).isEqualTo("3D000");
        assertThat(thrown.getMessage()).contains("shop");
    }

    @Test
    void aPortInUseIsNamed(@TempDir Path other) throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            IOException thrown = catchThrowableOfType(
                    IOException.class,
                    () -> TestGateway.start(other, gateway.database(), "127.0.0.1:" + taken.getLocalPort()));
            assertThat(thrown.getMessage()).contains("127.0.0.1:" + taken.getLocalPort());
        }
        // What was opened before the failure was closed again: the same folder serves at once.
        TestGateway.start(other, gateway.database(), "127.0.0.1:0").close();
    }

    @Test
    void aServerThatIsDownIsNamed(@TempDir Path other) throws Exception {
        int dead;
        try (ServerSocket socket = new ServerSocket(0)) {
            dead = socket.getLocalPort();
        }
        Path config = TestGateway.write(other, gateway.database(), "127.0.0.1:0");
        String text =
                Files.readString(config).replaceFirst("address: \"[^\"]+\"", "address: \"127.0.0.1:" + dead + "\"");
        Files.writeString(config, text);
        try (Gateway down = Gateway.start(
                Loaded.load(config, false, Map.of()).configuration().orElseThrow())) {
            SQLException thrown = catchThrowableOfType(
                    SQLException.class, () -> java.sql.DriverManager.getConnection("jdbc:postgresql://127.0.0.1:"
                                    + down.postgres().orElseThrow().getPort() + "/shop?user=maya&password=demo")
                            .close());
            assertThat(thrown.getSQLState()).isEqualTo("57P03");
            assertThat(thrown.getMessage()).contains("shop").contains("cannot be reached");
        }
    }
}
