package dev.gatehouse.firewall.wire;

import dev.gatehouse.firewall.audit.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A protocol the gateway speaks. Safe for use by many threads. */
public interface WireProtocol {

    /**
     * Begins with a client that has just connected.
     *
     * @param relay the sockets
     * @param recorder the recorder of the loop the client lives on
     */
    WireSession open(Relay relay, Recorder recorder);

    /** What a client gets that finds no place among those that have not logged in yet; nothing it sent was read. */
    ByteBuf tooManyNewcomers(ByteBufAllocator allocator);
}
