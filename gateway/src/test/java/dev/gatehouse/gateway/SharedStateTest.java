package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.testing.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that share their requests in PostgreSQL: what is held at one is decided at another, and runs once. */
final class SharedStateTest {

    private static final Reviewer LEAD = new Reviewer("lead", Set.of("leads"), false, "test");
    private static final String POLICY = GrantsTest.POLICY.replace("then: reject", "then: ticket");

    @TempDir
    private Path folder;

    private String shop = "";
    private String state = "";

    private @Nullable Gateway other;

    @BeforeEach
    void start() throws IOException, SQLException {
        shop = TestGateway.shop();
        state = RealPostgres.shared().createDatabase();
        other = gateway("there");
    }

    private Gateway gateway(String name) throws IOException {
        Loaded loaded = Loaded.load(configuration(name), false, Map.of());
        return Gateway.start(loaded.configuration().orElseThrow(() -> new IllegalStateException(loaded.report())));
    }

    private Gateway there() {
        return Objects.requireNonNull(other);
    }

    @AfterEach
    void stop() {
        there().close();
    }

    @Test
    void whatIsHeldAtOneIsApprovedAtTheOtherAndRunsOnce() throws Exception {
        try (Gateway here = gateway("here");
                Connection connection = connect(here.postgres().orElseThrow().getPort());
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> running = update(statement);
            Request request = pending(there().approvals());

            assertThat(there().approvals().approve(request.id(), Optional.of(request.code()), LEAD, "fine"))
                    .isInstanceOf(Answer.Moved.class);

            assertThat(running.join()).isEqualTo(1);
            assertThat(updates()).isEqualTo(1);
            assertThat(here.approvals().find(request.id()).orElseThrow()).isInstanceOf(Ticket.Used.class);
        }
        assertThat(there().approvals().tickets())
                .singleElement()
                .isInstanceOfSatisfying(
                        Ticket.Used.class, used -> assertThat(used.result()).contains("UPDATE 1"));
    }

    @Test
    void whatWaitsAtAGatewayThatIsKilledRunsOnceAtTheOther() throws Exception {
        Request request;
        try (GatewayProcess here = GatewayProcess.serve(configuration("here"));
                Connection connection = connect(here.port());
                Statement statement = connection.createStatement()) {
            CompletableFuture<Integer> running = update(statement);
            request = pending(there().approvals());
            here.kill();
            assertThat(running).failsWithin(Duration.ofMinutes(1));
        }
        assertThat(there().approvals().find(request.id()).orElseThrow()).isInstanceOf(Ticket.Pending.class);

        assertThat(there().approvals().approve(request.id(), Optional.empty(), LEAD, ""))
                .isInstanceOf(Answer.Moved.class);

        try (Connection connection = connect(there().postgres().orElseThrow().getPort());
                Statement statement = connection.createStatement()) {
            assertThat(update(statement).join()).isEqualTo(1);
        }
        assertThat(updates()).isEqualTo(1);
    }

    @Test
    void withoutTheStoreNothingIsApprovedAndWhatNeedsNoApprovalRuns() throws Exception {
        try (Connection connection = connect(there().postgres().orElseThrow().getPort());
                Statement statement = connection.createStatement()) {
            takeTheStoreAway();
            SQLException refused = catchThrowableOfType(
                    SQLException.class, () -> statement.executeUpdate("update orders set status = 'x' where id = 1"));

            assertThat(refused.getSQLState()).isEqualTo("55000");
            assertThat(refused.getMessage()).contains("nobody can be asked now");
            assertThat(statement.execute("select count(*) from orders")).isTrue();
            assertThat(updates()).isZero();

            giveTheStoreBack();
            while (isDown()) {
                Thread.onSpinWait();
            }
            CompletableFuture<Integer> running = update(statement);
            Request request = pending(there().approvals());
            there().approvals().approve(request.id(), Optional.empty(), LEAD, "");
            assertThat(running.join()).isEqualTo(1);
        }
    }

    /** What one gateway grants and revokes counts at the other, which may not have heard of it; without the store, nothing does. */
    @Test
    void aGrantCountsAtEveryGatewayUntilItIsRevokedAtOne() throws Exception {
        String delete = "delete from orders where id = 7";
        try (Gateway here = gateway("here");
                Connection asking = connect(there().postgres().orElseThrow().getPort());
                Connection connection = connect(here.postgres().orElseThrow().getPort());
                Statement statement = connection.createStatement()) {
            for (boolean down : new boolean[] {false, true}) {
                asking.createStatement().execute("REQUEST GRANT open-end FOR '1h' REASON 'down: " + down + "'");
                Request request = pending(there().approvals());
                there().approvals().approve(request.id(), Optional.empty(), LEAD, "");
                while (!isRun(statement, delete)) {
                    Thread.onSpinWait();
                }
                if (down) {
                    takeTheStoreAway();
                    SQLException refused =
                            catchThrowableOfType(SQLException.class, () -> statement.executeUpdate(delete));
                    assertThat(refused.getSQLState()).isEqualTo("55000");
                } else {
                    there().approvals().withdraw(request.id(), LEAD);
                    assertThat(isRun(statement, delete)).isFalse();
                }
            }
        }
    }

    private static boolean isRun(Statement statement, String sql) throws SQLException {
        try {
            statement.executeUpdate(sql);
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("42501");
            return false;
        }
    }

    private Path configuration(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Path server = TestGateway.write(home, shop, "127.0.0.1:0");
        Files.writeString(home.resolve("policy.d/test.yaml"), POLICY);
        RealPostgres postgres = RealPostgres.shared();
        String store = "state: { postgres: { address: \"%s:%d\", database: %s, username: %s, password: \"%s\","
                + " tls: { mode: disable } } }%n";
        return Files.writeString(
                server,
                Files.readString(server)
                        + store.formatted(
                                postgres.host(), postgres.port(), state, postgres.username(), postgres.password()));
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/shop", "maya", TestGateway.PASSWORD);
    }

    private static CompletableFuture<Integer> update(Statement statement) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return statement.executeUpdate("update orders set status = status || 'x' where id = 1");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Request pending(Approvals desk) {
        Optional<Ticket> pending = Optional.empty();
        while (pending.isEmpty()) {
            Thread.onSpinWait();
            pending = desk.lastPending();
        }
        return pending.get().request();
    }

    private int updates() throws SQLException {
        try (Connection connection = RealPostgres.shared().connect(shop);
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select coalesce(sum(length(status) - length('new')), 0) from orders")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void takeTheStoreAway() throws SQLException {
        onTheStoresServer("alter database " + state + " allow_connections false");
        onTheStoresServer("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + state + "'");
    }

    private boolean isDown() {
        try {
            return !there().approvals().tickets().isEmpty();
        } catch (Approvals.Unavailable e) {
            return true;
        }
    }

    private void giveTheStoreBack() throws SQLException {
        onTheStoresServer("alter database " + state + " allow_connections true");
    }

    private void onTheStoresServer(String sql) throws SQLException {
        try (Connection connection = RealPostgres.shared().connect(shop);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
