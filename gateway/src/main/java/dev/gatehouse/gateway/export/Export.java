package dev.gatehouse.gateway.export;

import dev.gatehouse.firewall.audit.Event;
import java.io.IOException;

/** Writes entries of the journal in another program's format. Used by one thread. */
public interface Export {

    /** Takes the next entry; they come in the journal's order. What is written may lag behind. */
    void add(Event.Entry entry) throws IOException;

    /** Writes what is left; nothing is added after that. */
    void finish() throws IOException;
}
