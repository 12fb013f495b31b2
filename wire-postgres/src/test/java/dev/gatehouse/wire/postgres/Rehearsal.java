package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Arrival;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.wire.Encryption;
import dev.gatehouse.wire.postgres.message.Startup;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stage on which anything may be said by anybody. It follows a script: a byte with the side in its highest bit and a
 * length in the others, then that many bytes from that side; a length of zero is the side's end. After each step the
 * engine must hold little, and after the last nothing.
 */
final class Rehearsal extends Stage {

    private static final int SERVER = 0x80;
    private static final int LENGTH = 0x7f;

    /** What an engine may hold by itself, and for each byte it was given. */
    private static final long HELD_BYTES = 64 << 10;

    private static final long HELD_FOR_EACH = 16;

    private final UnpooledByteBufAllocator memory;
    private final boolean speaksTls;
    private boolean hasServer;

    private Rehearsal(UnpooledByteBufAllocator memory, boolean speaksTls) {
        super(memory);
        this.memory = memory;
        this.speaksTls = speaksTls;
    }

    /** One that begins with a client that has just connected. */
    static Rehearsal greeting(boolean speaksTls) {
        return new Rehearsal(new UnpooledByteBufAllocator(false), speaksTls);
    }

    /** One that begins with a client that is in. */
    static Rehearsal serving(Map<String, String> reported) {
        Rehearsal rehearsal = greeting(false);
        rehearsal.hasServer = true;
        rehearsal.serve(reported);
        return rehearsal;
    }

    /** One that begins when the server has accepted the connection. */
    static Rehearsal serverLogin(boolean speaksTls) {
        Rehearsal rehearsal = greeting(speaksTls);
        Upstream.Tls.Mode mode = speaksTls ? Upstream.Tls.Mode.REQUIRE : Upstream.Tls.Mode.DISABLE;
        Session usual = SESSION;
        Upstream upstream = usual.upstream();
        Session admitted = new Session(
                usual.number(),
                usual.subject(),
                new Upstream(
                        upstream.name(),
                        upstream.dialect(),
                        upstream.host(),
                        upstream.port(),
                        upstream.defaultDatabase(),
                        upstream.databases(),
                        new Upstream.Tls(mode, Optional.empty()),
                        upstream.labels(),
                        upstream.logins(),
                        upstream.maxConnections(),
                        upstream.schemaRefresh()),
                usual.database(),
                usual.login(),
                usual.source(),
                usual.application(),
                usual.encrypted());
        ServerLogin login =
                new ServerLogin(rehearsal.session, admitted, new Startup(2, Map.of("user", "maya")), "v=proof");
        rehearsal.session.enter(login);
        login.begin();
        rehearsal.run();
        return rehearsal;
    }

    /** Plays a script to its end. */
    void play(byte[] script) {
        long given = 0;
        for (int at = 0; at < script.length; ) {
            int control = script[at++] & 0xff;
            int length = Math.min(control & LENGTH, script.length - at);
            boolean fromServer = (control & SERVER) != 0;
            if (fromServer && !hasServer) {
                at += length;
                continue;
            }
            if (length == 0) {
                end(fromServer);
            } else if (fromServer) {
                fromServer(script, at, length);
            } else {
                fromClient(script, at, length);
            }
            at += length;
            given += length;
            assertThat(held()).isLessThan(HELD_BYTES + HELD_FOR_EACH * given);
        }
        session.close("the rehearsal is over");
        run();
        session.ended();
        assertThat(toClient.toString(StandardCharsets.ISO_8859_1)).doesNotContain("internal error of the gateway");
        assertThat(held()).isZero();
    }

    private void end(boolean ofServer) {
        if (ofServer) {
            session.serverGone();
        } else {
            session.clientGone();
        }
        run();
    }

    private long held() {
        return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    }

    @Override
    public boolean offersTls() {
        return speaksTls;
    }

    @Override
    public void encryptClient(ByteBuf begun) {
        begun.release();
        tasks.add(() -> session.clientEncrypted(encryption()));
    }

    @Override
    public void encryptServer(Upstream upstream) {
        tasks.add(() -> session.serverEncrypted(encryption()));
    }

    private static Encryption encryption() {
        return new Encryption(PgProtocol.ALPN, new byte[] {1, 2, 3});
    }

    @Override
    public void dial(Upstream upstream) {
        hasServer = true;
        tasks.add(session::connected);
    }

    @Override
    public void authenticated(Session admitted) {
        // Nobody is counted here.
    }

    @Override
    public Credentials credentials(String user) {
        return Credentials.of(new ScramVerifier(4096, new byte[16], new byte[32], new byte[32], false));
    }

    @Override
    public boolean isProved(String user, Arrival arrival) {
        return false;
    }

    @Override
    public Admission admit(long number, String user, String database, Arrival arrival, Map<String, String> options) {
        return new Admission.Admitted(SESSION);
    }

    /** The script of what was said. */
    static byte[] script(int first, List<Vector.Said> said) {
        var script = new java.io.ByteArrayOutputStream();
        script.write(first);
        for (Vector.Said one : said) {
            for (int at = 0; at < one.bytes().length; at += LENGTH) {
                int length = Math.min(LENGTH, one.bytes().length - at);
                script.write((one.fromClient() ? 0 : SERVER) | length);
                script.write(one.bytes(), at, length);
            }
        }
        return script.toByteArray();
    }
}
