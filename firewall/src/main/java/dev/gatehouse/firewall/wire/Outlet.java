package dev.gatehouse.firewall.wire;

import io.netty.buffer.ByteBuf;

/** Where an engine's bytes for one side go. Bytes written in one read turn leave together. */
public interface Outlet {

    /**
     * Sends bytes.
     *
     * @param bytes owned by the outlet from now on
     */
    void write(ByteBuf bytes);
}
