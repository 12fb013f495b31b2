package dev.gatehouse.wire.postgres;

import dev.gatehouse.wire.postgres.message.Body;
import io.netty.buffer.ByteBuf;

/** One way by which a client proves who it is; tells {@link ClientLogin} how it went. */
interface ClientProof {

    /** Writes what opens the exchange. */
    void begin(ByteBuf out);

    /** Takes in one of the client's messages of type {@code p}. */
    void answer(Body body);
}
