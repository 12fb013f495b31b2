package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.Packets.Reader;
import dev.gatehouse.wire.mysql.Packets.Verdict;
import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;

/** Whose turn each packet of one direction is: counts them where they come from, and anew where they go to. */
final class Turns {

    private final Reader reader;
    private final Numbers from;
    private final Numbers to;
    /** Whether what is shown next was shown before, so that it is counted already. */
    private boolean counted;

    /**
     * @param from the numbers of the side the packets come from
     * @param to the numbers of the side they go to
     */
    Turns(Reader reader, Numbers from, Numbers to) {
        this.reader = reader;
        this.from = from;
        this.to = to;
    }

    /** The numbers of the side the packets go to. */
    Numbers to() {
        return to;
    }

    /** Notes a packet that goes on, and gives it its number on the other side. */
    void pass(ByteBuf bytes, int at) {
        from.arrived(Packet.number(bytes, at));
        Packet.number(bytes, at, to.take());
    }

    /**
     * Counts a packet that is about to be shown, once: the gateway may answer it with packets of its own while it waits, which
     * count on.
     *
     * @param first the first byte of its payload; -1 where that is empty
     * @param continues whether it goes on with a payload
     */
    void show(int number, int first, boolean continues) {
        boolean begins = !continues && reader.isCommand();
        if (begins) {
            to.restart();
        }
        if (counted) {
            return;
        }
        if (begins) {
            from.restart();
        } else if (!continues && number != from.next() && reader.mayInterrupt(number, first)) {
            from.restartAt(number);
        }
        from.arrived(number);
    }

    /** Notes what became of a packet that was shown. */
    void shown(ByteBuf bytes, int at, Verdict verdict) {
        counted = verdict == Verdict.STOP;
        if (verdict == Verdict.PASS) {
            Packet.number(bytes, at, to.take());
        }
    }

    /** A payload of several packets is about to be shown, perhaps once more. */
    void showJoined() {
        if (reader.isCommand()) {
            to.restart();
        }
    }
}
