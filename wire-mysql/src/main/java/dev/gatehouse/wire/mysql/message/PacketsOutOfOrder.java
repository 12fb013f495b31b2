package dev.gatehouse.wire.mysql.message;

/** A packet came whose number was not its turn; servers have an error of its own for that. */
public final class PacketsOutOfOrder extends ProtocolViolation {

    private static final long serialVersionUID = 1;

    public PacketsOutOfOrder() {
        super("Got packets out of order");
    }
}
