package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.gateway.RawClient.Message;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What clients may take that have not proved who they are: little, and not for long. */
final class BeforeLoginTest {

    private static final String QUICK = "limits: { login_timeout: 500ms }";
    private static final String ENOUGH = "limits: { login_timeout: 3s }";
    private static final String FEW = "limits: { unauthenticated: 6, unauthenticated_per_address: 4 }";

    @TempDir
    private static Path shared;

    private static String database;
    private static TestCertificate certificate;

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void prepare() throws Exception {
        database = TestGateway.shop();
        certificate = TestCertificate.ofLocalhost(shared, "tls");
    }

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void close() throws IOException {
        root().detachAppender(log);
        for (RawClient client : clients) {
            client.close();
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private Gateway start(String limits) throws IOException {
        return Configured.in(folder, database)
                .offeringTls(certificate, "allow")
                .listening(limits)
                .start();
    }

    private RawClient client(Gateway gateway, String source) throws IOException {
        RawClient client = new RawClient(Configured.port(gateway), source);
        clients.add(client);
        return client;
    }

    private RawClient client(Gateway gateway) throws IOException {
        return client(gateway, "127.0.0.1");
    }

    /** Loud lines only; those of other parts do not count. */
    private List<String> lines(Level least) {
        synchronized (log) {
            return log.list.stream()
                    .filter(event -> event.getLevel().isGreaterOrEqual(least))
                    .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                    .toList();
        }
    }

    /** Whether the gateway listens to a client; it says no to encryption by Kerberos, whatever else it says. */
    private static boolean isServed(RawClient client) throws IOException {
        try {
            return client.packet(RawClient.GSSENC_REQUEST).octet() == 'N';
        } catch (SocketException e) {
            return false; // It was closed before the request arrived.
        }
    }

    private static Message refusal(RawClient client) throws IOException {
        Message message = client.read();
        assertThat(message.tag()).isEqualTo('E');
        assertThat(client.octet()).isEqualTo(-1);
        return message;
    }

    @Test
    void oneAddressHoldsItsShareOfUnknownClientsAndNoMore() throws Exception {
        try (Gateway gateway = start(FEW)) {
            for (int i = 0; i < 4; i++) {
                assertThat(isServed(client(gateway))).isTrue();
            }
            for (int i = 0; i < 3; i++) {
                Message message = refusal(client(gateway));
                assertThat(message.field('S')).isEqualTo("FATAL");
                assertThat(message.field('C')).isEqualTo("53300");
                assertThat(message.field('M')).contains("too many");
            }
            assertThat(isServed(client(gateway, "127.0.0.2"))).isTrue();
            assertThat(isServed(client(gateway, "127.0.0.2"))).isTrue();
            // Six in all, though the second address has but two of them.
            assertThat(refusal(client(gateway, "127.0.0.2")).field('C')).isEqualTo("53300");
            assertThat(lines(Level.WARN)).hasSize(1).first().asString().contains("127.0.0.1", "4 from its address");
        }
    }

    @Test
    void whoLeavesOrLogsInMakesRoom() throws Exception {
        try (Gateway gateway = start(FEW)) {
            for (int i = 0; i < 8; i++) {
                RawClient known = client(gateway).startup(0, "user", "erik", "database", "shop");
                assertThat(RawClient.isLetIn(known.prove(TestGateway.PASSWORD))).isTrue();
            }
            for (int round = 0; round < 20; round++) {
                RawClient gone = client(gateway);
                assertThat(isServed(gone)).isTrue();
                // The gateway closes it, so that it has left when the answer ends.
                assertThat(gone.packet(RawClient.CANCEL_REQUEST, new byte[8]).octet())
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void whoSaysNothingIsClosedWithoutAWord() throws Exception {
        try (Gateway gateway = start(QUICK)) {
            assertThat(client(gateway).octet()).isEqualTo(-1);
        }
    }

    @Test
    void whoBeginsAndDoesNotGoOnIsClosedWithoutAWord() throws Exception {
        try (Gateway gateway = start(QUICK)) {
            assertThat(client(gateway).send(new byte[] {0, 0, 0, 50, 0, 3}).octet())
                    .isEqualTo(-1);
        }
    }

    @Test
    void whoDripsIsClosedAsWell() throws Exception {
        try (Gateway gateway = start(QUICK)) {
            RawClient slow = client(gateway).send(new byte[] {0, 0, 39, 16, 0, 3, 0, 0});
            boolean open = true;
            for (int i = 0; open && i < 1000; i++) {
                Thread.sleep(10);
                try {
                    slow.send(new byte[] {'u'});
                } catch (SocketException e) {
                    open = false;
                }
            }
            assertThat(open).isFalse();
        }
    }

    @Test
    void aHandshakeThatDoesNotGoOnIsClosed() throws Exception {
        try (Gateway gateway = start(QUICK)) {
            RawClient direct = client(gateway).send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
            assertAlertedAtMost(direct);
            RawClient asked = client(gateway).packet(RawClient.SSL_REQUEST);
            assertThat(asked.octet()).isEqualTo('S');
            assertAlertedAtMost(asked);
        }
    }

    /** TLS has a word of its own for the end. */
    private static void assertAlertedAtMost(RawClient client) throws IOException {
        int first = client.octet();
        assertThat(first).isIn(-1, 0x15);
        while (first != -1) {
            first = client.octet();
        }
    }

    @Test
    void whoDoesNotProveItInTimeIsToldSoAsByAServer() throws Exception {
        try (Gateway gateway = start(QUICK)) {
            RawClient client = client(gateway).startup(0, "user", "erik", "database", "shop");
            assertThat(client.read().tag()).isEqualTo('R');
            Message message = refusal(client);
            assertThat(message.field('S')).isEqualTo("FATAL");
            assertThat(message.field('C')).isEqualTo("57014");
            assertThat(message.field('M')).isEqualTo("canceling authentication due to timeout");
        }
    }

    @Test
    void whoIsInIsNotHurried() throws Exception {
        try (Gateway gateway = start(ENOUGH)) {
            RawClient client = client(gateway).startup(0, "user", "erik", "database", "shop");
            assertThat(RawClient.isLetIn(client.prove(TestGateway.PASSWORD))).isTrue();
            assertThat(client.query("select pg_sleep(4)").readUntil('Z'))
                    .extracting(Message::tag)
                    .contains('D');
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForEither() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                Gateway gateway = Configured.in(folder, database)
                        .listening(ENOUGH)
                        .upstreamAt(silent.getLocalPort())
                        .start()) {
            RawClient client = client(gateway).startup(0, "user", "erik", "database", "shop");
            List<Message> messages = client.prove(TestGateway.PASSWORD);
            Message last = messages.get(messages.size() - 1);
            assertThat(last.field('C')).isEqualTo("57P03");
            assertThat(last.field('M')).contains("it did not finish the login in time");
        }
    }

    /** Load balancers look in every few seconds; nobody wants to read of it. */
    @Test
    void aProbeLeavesNoTraceInTheLog() throws Exception {
        try (Gateway gateway = start(ENOUGH)) {
            for (int i = 0; i < 5; i++) {
                client(gateway).close();
                client(gateway).reset();
                client(gateway).send(new byte[] {0, 0}).close();
                RawClient abandoned = client(gateway).packet(RawClient.SSL_REQUEST);
                assertThat(abandoned.octet()).isEqualTo('S');
                abandoned.reset();
                RawClient known = client(gateway).startup(0, "user", "erik", "database", "shop");
                assertThat(RawClient.isLetIn(known.prove(TestGateway.PASSWORD))).isTrue();
            }
        }
        assertThat(lines(Level.INFO)).isEmpty();
    }

    /** All a client sees of a login that fails, but for what is drawn anew each time. */
    private List<String> failure(Gateway gateway, String user) throws IOException {
        RawClient client = client(gateway).startup(0, "user", user, "database", "shop");
        List<String> seen = new ArrayList<>();
        for (Message message : client.prove("wrong")) {
            String text = message.text()
                    .replaceFirst("r=[^,]*", "r=" + "•".repeat(message.text().length()));
            seen.add(message.tag() + text.replace(user, "•"));
        }
        assertThat(client.octet()).isEqualTo(-1);
        return seen;
    }

    private static String salt(List<String> seen) {
        return seen.get(1).replaceAll("(?s).*s=([^,]*),.*", "$1");
    }

    private static List<String> unsalted(List<String> seen) {
        return seen.stream().map(text -> text.replaceAll("s=[^,]*,", "")).toList();
    }

    @Test
    void aWrongUserIsAnsweredAsAWrongPasswordAlsoAfterARestart() throws Exception {
        List<String> before;
        try (Gateway gateway = start(FEW)) {
            List<String> known = failure(gateway, "maya");
            before = failure(gateway, "nope");
            assertThat(known).hasSize(3).last().asString().contains("28P01");
            assertThat(unsalted(before)).isEqualTo(unsalted(known));
            assertThat(salt(before)).hasSameSizeAs(salt(known));
            assertThat(salt(failure(gateway, "none"))).isNotEqualTo(salt(before));
            assertThat(failure(gateway, "nope")).isEqualTo(before);
        }
        try (Gateway gateway = start(FEW)) {
            assertThat(failure(gateway, "nope")).isEqualTo(before);
        }
    }
}
