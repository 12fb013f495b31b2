package dev.gatehouse.wire.postgres.message;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first message of a session: a protocol version and parameters.
 *
 * @param minor the minor protocol version asked for; the major one is 3
 * @param parameters by name, in order; {@code user} is always among them
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats, StartupMessage (F)</a>
 */
public record Startup(int minor, Map<String, String> parameters) {

    /** The only major version since PostgreSQL 7.4. */
    public static final int MAJOR = 3;

    /**
     * Reads the parameters that follow the version.
     *
     * @throws ProtocolViolation if they are not exactly one list
     */
    public static Startup read(int minor, Body body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (true) {
            String name = body.string();
            if (name.isEmpty()) {
                break;
            }
            if (parameters.put(name, body.string()) != null) {
                throw new ProtocolViolation("a startup parameter given twice");
            }
        }
        body.finish();
        return new Startup(minor, parameters);
    }

    /** Writes the whole packet, which has no tag. */
    public void write(ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0).writeShort(MAJOR).writeShort(minor);
        parameters.forEach((name, value) -> {
            Frame.string(out, name);
            Frame.string(out, value);
        });
        out.writeByte(0);
        out.setInt(start, out.writerIndex() - start);
    }
}
