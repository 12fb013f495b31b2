package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.gate.Gate;
import dev.gatehouse.firewall.masking.Masking;
import dev.gatehouse.firewall.session.Entrance;
import dev.gatehouse.firewall.statement.Analyzer;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.wire.Relay;
import dev.gatehouse.firewall.wire.WireProtocol;
import dev.gatehouse.firewall.wire.WireSession;
import dev.gatehouse.wire.postgres.message.Report;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;

/** Speaks the PostgreSQL protocol with clients and servers. */
public final class PgProtocol implements WireProtocol {

    /** The protocol's name in TLS (application-layer protocol negotiation). */
    public static final String ALPN = "postgresql";

    final Entrance entrance;
    final Gate gate;
    final Analyzer analyzer;
    final Masking masking;
    final Catalog.Library catalogs;
    final Cancellations cancellations = new Cancellations();
    final ScramKeys keys = new ScramKeys();
    final Duration loginTimeout;

    /**
     * @param entrance who may come in, and where to
     * @param gate what every statement passes
     * @param analyzer reads statements
     * @param masking decides what of results is rewritten
     * @param catalogs tells which columns the server's numbers mean
     * @param loginTimeout how long a client may take until it has proved who it is, and then its server to let it in
     */
    public PgProtocol(
            Entrance entrance,
            Gate gate,
            Analyzer analyzer,
            Masking masking,
            Catalog.Library catalogs,
            Duration loginTimeout) {
        this.entrance = entrance;
        this.gate = gate;
        this.analyzer = analyzer;
        this.masking = masking;
        this.catalogs = catalogs;
        this.loginTimeout = loginTimeout;
    }

    @Override
    public WireSession open(Relay relay, Recorder recorder) {
        return new PgSession(this, relay, recorder);
    }

    @Override
    public ByteBuf tooManyNewcomers(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        Report.of(Report.ERROR, "FATAL", "53300", "sorry, too many clients have not logged in yet")
                .with('H', "Try again later.")
                .write(out);
        return out;
    }
}
