package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.gate.Gate;
import dev.gatehouse.firewall.masking.Masking;
import dev.gatehouse.firewall.session.Entrance;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analyzer;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.wire.Relay;
import dev.gatehouse.firewall.wire.WireProtocol;
import dev.gatehouse.firewall.wire.WireSession;
import dev.gatehouse.wire.mysql.auth.Secrets;
import dev.gatehouse.wire.mysql.message.Err;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;

/** Speaks the MySQL protocol with clients and with servers, MariaDB's as well. */
public final class MySqlProtocol implements WireProtocol {

    /** The protocol's name in TLS (application-layer protocol negotiation), as MySQL and MariaDB clients may give it. */
    public static final String ALPN = "mysql";

    private static final int TOO_MANY_CONNECTIONS = 1040;

    final Entrance entrance;
    final Gate gate;
    final Analyzer analyzer;
    final Masking masking;
    final Catalog.Library catalogs;
    final Greetings greetings;
    final Connections connections = new Connections();
    final Secrets secrets = new Secrets();
    final Duration loginTimeout;

    /**
     * @param entrance who may come in, and where to
     * @param gate what every statement passes
     * @param analyzer reads statements
     * @param masking decides what of results is rewritten
     * @param catalogs tells which columns the server's names mean
     * @param upstreams the servers of this protocol, first the one that a client gets which names none; not empty
     * @param loginTimeout how long a client may take until it has proved who it is, and then its server to let it in
     */
    public MySqlProtocol(
            Entrance entrance,
            Gate gate,
            Analyzer analyzer,
            Masking masking,
            Catalog.Library catalogs,
            List<Upstream> upstreams,
            Duration loginTimeout) {
        this.entrance = entrance;
        this.gate = gate;
        this.analyzer = analyzer;
        this.masking = masking;
        this.catalogs = catalogs;
        this.greetings = new Greetings(upstreams);
        this.loginTimeout = loginTimeout;
    }

    @Override
    public WireSession open(Relay relay, Recorder recorder) {
        return new MySqlSession(this, relay, recorder);
    }

    @Override
    public ByteBuf tooManyNewcomers(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        new Err(TOO_MANY_CONNECTIONS, "", "Too many connections: too many clients have not logged in yet")
                .write(out, 0);
        return out;
    }
}
