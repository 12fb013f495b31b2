package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.gate.Gate;
import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.gate.RequestQuestion;
import dev.gatehouse.firewall.gate.RequestStatus;
import dev.gatehouse.firewall.gate.SessionQuestion;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.masking.Masking;
import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Arrival;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Entrance;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Pass;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.TokenVerdict;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analyzer;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import dev.gatehouse.firewall.wire.Outlet;
import dev.gatehouse.firewall.wire.Relay;
import dev.gatehouse.wire.postgres.message.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where a session under test plays: sockets that only remember, a loop that runs when told, and a gate whose answers the
 * test decides. Nothing here plays a client or a server; their bytes come from recordings.
 */
class Stage implements Relay, Recorder, Gate, Gate.Checkpoint, Analyzer, Masking, Entrance, Catalog.Library {

    static final Session SESSION = new Session(
            1,
            new Subject("maya", Subject.Kind.HUMAN, Set.of(), Optional.empty()),
            new Upstream(
                    "shop",
                    Dialect.POSTGRESQL,
                    "127.0.0.1",
                    5432,
                    "shop",
                    List.of(),
                    new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                    Map.of(),
                    List.of(new Login("rw", "app", new Secret("app-secret"))),
                    0,
                    Duration.ofMinutes(10)),
            "shop",
            new Login("rw", "app", new Secret("app-secret")),
            InetAddress.getLoopbackAddress(),
            "psql",
            false);

    final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
    final ByteArrayOutputStream toServer = new ByteArrayOutputStream();
    final ByteArrayOutputStream recordedFromClient = new ByteArrayOutputStream();
    final ByteArrayOutputStream recordedToClient = new ByteArrayOutputStream();
    final List<Event> events = new ArrayList<>();
    final List<String> submitted = new ArrayList<>();
    final PgSession session;
    boolean closed;
    /** Texts that contain this are refused. */
    String refused = "\0";

    final Deque<Runnable> tasks = new ArrayDeque<>();
    private final ByteBufAllocator allocator;
    private long decisions;

    Stage() {
        this(ByteBufAllocator.DEFAULT);
    }

    Stage(ByteBufAllocator allocator) {
        this.allocator = allocator;
        this.session = new PgSession(new PgProtocol(this, this, this, this, this, Duration.ofSeconds(60)), this, this);
    }

    /** Puts the session behind its login, with the settings the server reported. */
    void serve(Map<String, String> reported) {
        Map<String, String> all = new HashMap<>(reported);
        all.putIfAbsent("search_path", "\"$user\", public");
        Serving serving = new Serving(session, SESSION, all, null, 4);
        session.enter(serving);
        serving.begin("v=proof", Map.of(), Unpooled.EMPTY_BUFFER);
        run();
        if (serving.parameters.mustAsk()) {
            answerSettings(all.get("search_path"), SESSION.login().username());
        }
        toClient.reset();
        toServer.reset();
        recordedToClient.reset();
    }

    /** What the server says of its settings when it is asked. */
    private void answerSettings(String searchPath, String user) {
        ByteBuf answer = Unpooled.buffer();
        int row = Frame.begin(answer, 'D');
        answer.writeShort(2);
        for (String value : List.of(searchPath, user)) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            answer.writeInt(bytes.length).writeBytes(bytes);
        }
        Frame.end(answer, row);
        Frame.strings(answer, 'C', "SELECT 1");
        answer.writeByte('Z').writeInt(5).writeByte('I');
        session.fromServer(answer);
        run();
    }

    void fromClient(byte[] bytes, int from, int length) {
        session.fromClient(allocator().buffer(Math.max(1, length)).writeBytes(bytes, from, length));
        run();
    }

    void fromServer(byte[] bytes, int from, int length) {
        session.fromServer(allocator().buffer(Math.max(1, length)).writeBytes(bytes, from, length));
        run();
    }

    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static Outlet outlet(ByteArrayOutputStream into) {
        return bytes -> {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy).release();
            into.writeBytes(copy);
        };
    }

    @Override
    public Outlet client() {
        return outlet(toClient);
    }

    @Override
    public Outlet server() {
        return outlet(toServer);
    }

    @Override
    public ByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    public InetAddress source() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void hangUp() {
        throw new AssertionError("hangs up on a server");
    }

    @Override
    public void finishServer() {
        throw new AssertionError("finishes what it says to a server");
    }

    @Override
    public void dial(Upstream upstream) {
        throw new AssertionError("no server is dialled here");
    }

    @Override
    public boolean offersTls() {
        return false;
    }

    @Override
    public boolean requiresTls() {
        return false;
    }

    @Override
    public void encryptClient(ByteBuf begun) {
        throw new AssertionError("no TLS is offered here");
    }

    @Override
    public void encryptServer(Upstream upstream) {
        throw new AssertionError("no TLS is asked for here");
    }

    @Override
    public void authenticated(Session admitted) {
        throw new AssertionError("nobody logs in here");
    }

    @Override
    public void pauseClient() {
        // The test decides what arrives.
    }

    @Override
    public void resumeClient() {
        // The test decides what arrives.
    }

    @Override
    public void after(Duration delay, Runnable action) {
        // Time stands still.
    }

    @Override
    public Executor loop() {
        return tasks::add;
    }

    @Override
    public Executor background() {
        return tasks::add;
    }

    @Override
    public void closeBehindServer(boolean followed, Runnable then) {
        close();
        then.run();
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void frames(long number, Direction direction, ByteBuf bytes, int index, int length) {
        byte[] copy = new byte[length];
        bytes.getBytes(index, copy);
        (direction == Direction.FROM_CLIENT ? recordedFromClient : recordedToClient).writeBytes(copy);
    }

    @Override
    public void allowed(long number, long decision, byte[] sql, int length, String rule, String policy) {
        throw new AssertionError("the gate under test records nothing");
    }

    @Override
    public void answered(long number, long decision, ByteBuf tag, int index, int length) {
        record(new Event.Answered(
                number, decision, tag.toString(index, length, StandardCharsets.UTF_8), false, List.of()));
    }

    @Override
    public void record(Event event) {
        events.add(event);
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public Checkpoint open(Session opened, Recorder recorder) {
        return this;
    }

    @Override
    public boolean allows(Analysis analysis) {
        return true;
    }

    @Override
    public boolean asksPeople(Analysis analysis) {
        return false;
    }

    @Override
    public boolean needsNames() {
        return true;
    }

    @Override
    public Optional<Refusal> preview(Statement statement, Analysis analysis) {
        return Optional.empty();
    }

    @Override
    public Outcome submit(Statement statement, Analysis analysis) {
        String sql = new String(statement.sql(), StandardCharsets.UTF_8);
        submitted.add(sql);
        return sql.contains(refused) ? new Outcome.Stop(refuse(sql)) : new Outcome.Proceed(++decisions);
    }

    @Override
    public List<String> explain(Analysis asked) {
        return List.of();
    }

    @Override
    public String tell(SessionQuestion question) {
        return question.column();
    }

    @Override
    public void renew() {}

    @Override
    public CompletionStage<RequestStatus> status(RequestQuestion question) {
        return CompletableFuture.completedStage(RequestStatus.unknown(question.id()));
    }

    @Override
    public Runnable watch(String id, Runnable moved) {
        return () -> {};
    }

    @Override
    public void withdraw(String reason) {
        events.add(new Event.Closed(1, "withdrawn: " + reason));
    }

    @Override
    public Refusal refuse(String what) {
        return new Refusal(
                Refusal.Outcome.BLOCKED,
                "dec_1",
                "refused",
                "",
                "",
                "",
                new Ruling.Source("no", "", 0),
                Ruling.Culprit.NONE);
    }

    @Override
    public @Nullable Analysis recall(byte[] sql, int length, Scope scope) {
        return null;
    }

    @Override
    public CompletionStage<Analysis> analyze(byte[] sql, Scope scope) {
        Command command = new Command(
                Kind.SELECT,
                Set.of(Kind.SELECT),
                List.of(),
                Command.Where.NOT_APPLICABLE,
                true,
                Optional.empty(),
                true,
                1,
                Set.of());
        return CompletableFuture.completedFuture(new Analysis.Understood(List.of(command)));
    }

    @Override
    public Optional<List<Parameter>> constants(byte[] sql, int length, Scope scope) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Analysis> analyzeAtOnce(byte[] sql, Scope scope) {
        return analyze(sql, scope);
    }

    @Override
    public boolean looksAt(Session looking, Command command) {
        return true;
    }

    @Override
    public Notice notice() {
        return Notice.NEVER;
    }

    @Override
    public boolean concerns(Session concerned) {
        return false;
    }

    @Override
    public boolean readsResults(Session read) {
        return false;
    }

    @Override
    public boolean isSensitive(Session concerned, Analysis analysis) {
        return false;
    }

    @Override
    public MaskPlan plan(Session planned, Optional<List<Output>> byText, List<ResultColumn> byServer) {
        return MaskPlan.empty();
    }

    @Override
    public Credentials credentials(String user) {
        throw new AssertionError("nobody logs in here");
    }

    @Override
    public boolean isProved(String user, Arrival arrival) {
        throw new AssertionError("nobody logs in here");
    }

    @Override
    public boolean takesTokens(String user, Arrival arrival) {
        return false;
    }

    @Override
    public CompletionStage<TokenVerdict> verify(String user, String token) {
        throw new AssertionError("nobody shows a token here");
    }

    @Override
    public Admission admit(long number, Pass pass, String database, Arrival arrival, Map<String, String> options) {
        throw new AssertionError("nobody shows a token here");
    }

    @Override
    public Admission admit(long number, String user, String database, Arrival arrival, Map<String, String> options) {
        throw new AssertionError("nobody logs in here");
    }

    @Override
    public void left(Session gone) {
        // Nobody is counted here.
    }

    @Override
    public Catalog catalog(String upstream, String database) {
        return (relation, attribute) -> (Set<Column>) null;
    }

    @Override
    public void changed(String upstream, String database) {
        // No catalog is kept here.
    }

    @Override
    public void doubted(String upstream, String database, boolean atOnce) {
        // No catalog is kept here.
    }
}
