package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.wire.Outlet;
import dev.gatehouse.firewall.wire.Pieces;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one direction's stream into payloads somebody wants to see whole and passages nobody does.
 *
 * <p>Neighbouring bytes that go on, wanted or not, leave as one slice of the buffer they arrived in: the <em>run</em>. Of an
 * unwanted payload only the headers and the first byte are looked at, so that a row of any size streams through. A wanted
 * payload that arrives in pieces, or in several packets, is put together, once, up to a bound.
 *
 * <pre>
 *   buffer   │ passed on │ run: goes on │ packet at hand │ not yet read │
 *            └───────────┴ runStart ────┴ packetStart ───┴──────────────┘
 * </pre>
 *
 * <p>Each packet that goes on gets the number that is its turn on the other side, written over the one it came with.
 */
final class Packets {

    /** What becomes of a wanted payload. */
    enum Verdict {
        /** It goes on as it is. */
        PASS,
        /** The reader has dealt with it; it does not go on. */
        TAKE,
        /** It must wait: it is shown again after {@link #resume}, and nothing behind it is read until then. */
        STOP
    }

    /** Sees wanted payloads. */
    interface Reader {

        /** Whether the next payload may be looked at; if not, it waits as behind a STOP. */
        default boolean isReady() {
            return true;
        }

        /** Whether the next payload is a command, with which the numbers of both sides begin anew. */
        default boolean isCommand() {
            return false;
        }

        /**
         * Whether a packet may come whose number is not due: numbers go on from it then.
         *
         * @param first the first byte of its payload; -1 where that is empty
         */
        default boolean mayInterrupt(int number, int first) {
            return false;
        }

        /**
         * Whether a payload is to be seen whole.
         *
         * @param first its first byte; -1 where it is empty
         * @param length how much of it the first packet holds; {@link Packet#MAX_PAYLOAD} where more packets follow
         */
        boolean wants(int first, int length);

        /**
         * Decides about one payload.
         *
         * @param bytes holds the payload, lent
         * @param index where its first byte stands
         * @param length its length
         */
        Verdict payload(ByteBuf bytes, int index, int length);
    }

    private final Reader reader;
    private final Outlet passages;
    private final ByteBufAllocator allocator;
    private final int maxPayloadBytes;
    private final Turns turns;

    /** The first bytes of a packet of which more must arrive. */
    private @Nullable ByteBuf pending;
    /** What waits behind a STOP, the stopped packet first unless {@link #joined} is what was stopped. */
    private @Nullable ByteBuf stash;
    /** The payload of the packets so far of a wanted payload that has several. */
    private @Nullable ByteBuf joined;
    /** Whether {@link #joined} is whole, and waits. */
    private boolean joinedWaits;
    /** How much of an unwanted packet is still to come. */
    private int remain;
    /** Whether the next packet goes on with a payload that passes. */
    private boolean continues;

    private boolean released;
    private @Nullable ByteBuf current;
    private int runStart;
    private int packetStart;

    /**
     * @param passages takes what goes on
     * @param maxPayloadBytes what a wanted payload has at most
     * @param from the numbers of the side the packets come from
     * @param to the numbers of the side they go to
     */
    Packets(Reader reader, Outlet passages, ByteBufAllocator allocator, int maxPayloadBytes, Numbers from, Numbers to) {
        this.reader = reader;
        this.passages = passages;
        this.allocator = allocator;
        this.maxPayloadBytes = maxPayloadBytes;
        this.turns = new Turns(reader, from, to);
    }

    /**
     * Takes in what has arrived.
     *
     * @param bytes owned; nobody else looks at them
     * @throws ProtocolViolation if the stream is broken or a wanted payload exceeds its bound
     */
    void accept(ByteBuf bytes) {
        if (released) {
            bytes.release();
            return;
        }
        if (stash != null || joinedWaits) {
            stash = stash == null ? bytes : Pieces.join(allocator, stash, bytes);
            return;
        }
        if (pending != null) {
            bytes = rest(bytes);
        }
        if (bytes.isReadable()) {
            scan(bytes);
        } else {
            bytes.release();
        }
    }

    /** Deals with the packet that had begun, if it is whole now; answers what is left to be dealt with; owned. */
    private ByteBuf rest(ByteBuf bytes) {
        boolean handedOver = false;
        try {
            ByteBuf begun = complete(bytes);
            if (begun != null) {
                scan(begun);
            }
            if (stash != null || joinedWaits || released) {
                if (!released && bytes.isReadable()) {
                    stash = stash == null ? bytes.retain() : Pieces.join(allocator, stash, bytes.retain());
                }
                return allocator.buffer(0);
            }
            handedOver = true;
            return bytes;
        } finally {
            if (!handedOver) {
                bytes.release();
            }
        }
    }

    /** Shows the stopped payload again and goes on from there. */
    void resume() {
        if (joinedWaits) {
            joinedWaits = false;
            if (!showJoined()) {
                return;
            }
        }
        ByteBuf waiting = stash;
        if (waiting != null && !released) {
            stash = null;
            scan(waiting);
        }
    }

    /** Lets the run leave; a reader calls it before it writes something of its own, to keep the order. */
    void flush() {
        ByteBuf bytes = current;
        if (bytes != null && packetStart > runStart) {
            passages.write(bytes.retainedSlice(runStart, packetStart - runStart));
            runStart = packetStart;
        }
    }

    /** Whether everything passed on so far ends with a whole payload, so that a packet of our own may follow. */
    boolean atBoundary() {
        return remain == 0 && !continues;
    }

    /** Whether a payload waits behind a STOP. */
    boolean waits() {
        return stash != null || joinedWaits;
    }

    /** How many bytes wait behind a STOP. */
    int stashedBytes() {
        return stash == null ? 0 : stash.readableBytes();
    }

    /** Whether bytes have arrived that nobody has read. */
    boolean holdsBytes() {
        return stash != null || pending != null || joined != null;
    }

    /** Gives back everything held; whatever comes later is dropped. */
    void release() {
        released = true;
        pending = drop(pending);
        stash = drop(stash);
        joined = drop(joined);
        joinedWaits = false;
    }

    private static @Nullable ByteBuf drop(@Nullable ByteBuf held) {
        if (held != null) {
            held.release();
        }
        return null;
    }

    private void scan(ByteBuf bytes) {
        boolean handedOver = false;
        try {
            current = bytes;
            int first = bytes.readerIndex();
            int end = bytes.writerIndex();
            runStart = first;
            int at = first + Math.min(remain, end - first);
            remain -= at - first;
            while (end - at >= Packet.HEADER) {
                int length = bytes.getUnsignedMediumLE(at);
                if (end - at == Packet.HEADER && length > 0 && !continues && joined == null) {
                    break;
                }
                int whole = Packet.HEADER + length;
                if (joined == null && !continues && !reader.isReady()) {
                    packetStart = at;
                    flush();
                    stash = bytes.retainedSlice(at, end - at);
                    return;
                }
                if (!isWanted(bytes, at, length)) {
                    turns.pass(bytes, at);
                    continues = length == Packet.MAX_PAYLOAD;
                    int present = Math.min(whole, end - at);
                    remain = whole - present;
                    at += present;
                    continue;
                }
                check(length);
                if (whole > end - at) {
                    break;
                }
                packetStart = at;
                Verdict verdict = show(bytes, at, length);
                if (released) {
                    return;
                }
                if (verdict == Verdict.STOP) {
                    flush();
                    int left = joinedWaits ? at + whole : at;
                    if (left < end) {
                        stash = bytes.retainedSlice(left, end - left);
                    }
                    return;
                }
                if (verdict == Verdict.TAKE) {
                    flush();
                    runStart = at + whole;
                }
                at += whole;
            }
            if (at < end) {
                pending = allocator.buffer(Math.max(64, end - at)).writeBytes(bytes, at, end - at);
            }
            if (runStart == first && at == end && at > first) {
                handedOver = true;
                passages.write(bytes);
            } else {
                packetStart = at;
                flush();
            }
        } finally {
            current = null;
            if (!handedOver) {
                bytes.release();
            }
        }
    }

    private boolean isWanted(ByteBuf bytes, int at, int length) {
        if (joined != null) {
            return true;
        }
        return !continues && reader.wants(first(bytes, at, length), length);
    }

    private static int first(ByteBuf bytes, int at, int length) {
        return length == 0 ? -1 : bytes.getUnsignedByte(at + Packet.HEADER);
    }

    private void check(int length) {
        long all = (joined == null ? 0L : joined.readableBytes()) + length;
        if (all > maxPayloadBytes) {
            throw new ProtocolViolation("a packet of " + all + " bytes, of at most " + maxPayloadBytes);
        }
    }

    private Verdict show(ByteBuf bytes, int at, int length) {
        turns.show(Packet.number(bytes, at), first(bytes, at, length), joined != null);
        if (joined != null || length == Packet.MAX_PAYLOAD) {
            if (joined == null) {
                joined = allocator.buffer(2 * Packet.MAX_PAYLOAD);
            }
            joined.writeBytes(bytes, at + Packet.HEADER, length);
            if (length == Packet.MAX_PAYLOAD) {
                return Verdict.TAKE;
            }
            flush();
            runStart = at + Packet.HEADER + length;
            packetStart = runStart;
            return showJoined() ? Verdict.TAKE : Verdict.STOP;
        }
        Verdict verdict = reader.payload(bytes, at + Packet.HEADER, length);
        turns.shown(bytes, at, verdict);
        return verdict;
    }

    /** Shows a payload that came in several packets; answers false where it must wait. */
    private boolean showJoined() {
        ByteBuf payload = joined;
        if (payload == null) {
            return true;
        }
        turns.showJoined();
        Verdict verdict = reader.payload(payload, payload.readerIndex(), payload.readableBytes());
        if (released) {
            return false;
        }
        if (verdict == Verdict.STOP) {
            joinedWaits = true;
            return false;
        }
        joined = null;
        if (verdict == Verdict.PASS) {
            ByteBuf out = allocator.buffer(payload.readableBytes() + 2 * Packet.HEADER);
            Payloads.write(out, payload, payload.readerIndex(), payload.readableBytes(), turns.to());
            passages.write(out);
        }
        payload.release();
        return true;
    }

    /** Adds to the pending packet what it lacks; answers it once it is whole, or known to be unwanted; owned. */
    private @Nullable ByteBuf complete(ByteBuf bytes) {
        ByteBuf packet = pending;
        if (packet == null) {
            return null;
        }
        Pieces.fill(packet, bytes, Packet.HEADER);
        if (packet.readableBytes() < Packet.HEADER) {
            return null;
        }
        int length = packet.getUnsignedMediumLE(packet.readerIndex());
        if (length > 0) {
            Pieces.fill(packet, bytes, Packet.HEADER + 1);
            if (packet.readableBytes() == Packet.HEADER) {
                return null;
            }
        }
        if (isWanted(packet, packet.readerIndex(), length)) {
            check(length);
            Pieces.fill(packet, bytes, Packet.HEADER + length);
            if (packet.readableBytes() < Packet.HEADER + length) {
                return null;
            }
        }
        pending = null;
        return packet;
    }
}
