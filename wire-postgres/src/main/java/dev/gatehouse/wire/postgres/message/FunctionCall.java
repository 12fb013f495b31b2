package dev.gatehouse.wire.postgres.message;

/**
 * Calls a function by its number instead of in SQL, as {@code lo_read} of libpq does.
 *
 * @param function the OID of the function
 * @param arguments its arguments, as those of the unnamed portal
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats, FunctionCall (F)</a>
 */
public record FunctionCall(int function, Bind arguments) {

    public static final byte TAG = 'F';

    /**
     * Reads the body that follows the header.
     *
     * @throws ProtocolViolation if it is not exactly one FunctionCall
     */
    public static FunctionCall read(Body body) {
        int function = body.int32();
        byte[] arguments = Bind.values(body);
        body.int16();
        body.finish();
        return new FunctionCall(function, new Bind("", "", arguments, new short[0]));
    }
}
