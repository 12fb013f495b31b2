package dev.gatehouse.wire.mysql.message;

/** A peer broke the protocol; the session ends. Carries no stack trace, as a hostile peer can cause it at will. */
public class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ProtocolViolation(String what) {
        super(what, null, false, false);
    }
}
