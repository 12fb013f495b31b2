package dev.gatehouse.firewall.wire;

import dev.gatehouse.firewall.audit.Recorder;

/** A protocol the gateway speaks. Safe for use by many threads. */
public interface WireProtocol {

    /**
     * Begins with a client that has just connected.
     *
     * @param relay the sockets
     * @param recorder the recorder of the loop the client lives on
     */
    WireSession open(Relay relay, Recorder recorder);
}
