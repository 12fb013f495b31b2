package dev.gatehouse.wire.postgres.message;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** The newest minor version there is; it is that of PostgreSQL 18. */
    public static final int NEWEST_MINOR = 2;

    /** What the names of protocol options begin with; there are none in this version. */
    private static final String OPTION = "_pq_.";

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

    /** The minor version both sides speak: what was asked for, or the newest there is. */
    public int agreed() {
        return Math.min(minor, NEWEST_MINOR);
    }

    /** The names of the protocol options among the parameters. */
    public List<String> options() {
        return parameters.keySet().stream().filter(Startup::isOption).toList();
    }

    /** Whether a parameter is one of the protocol and none of the session. */
    public static boolean isOption(String name) {
        return name.startsWith(OPTION);
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
