package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.wire.Outlet;
import dev.gatehouse.firewall.wire.Pieces;
import dev.gatehouse.wire.postgres.message.Frame;
import dev.gatehouse.wire.postgres.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one direction's stream into frames somebody wants to see whole and passages nobody does.
 *
 * <p>Neighbouring bytes that go on unchanged, wanted or not, leave as one slice of the buffer they arrived in: the
 * <em>run</em>. Of an unwanted frame only the header is looked at, so that a row of any size streams through. A wanted
 * frame that arrives in pieces is put together, once, up to a bound.
 *
 * <pre>
 *   buffer   │ passed on │ run: goes on unchanged │ frame at hand │ not yet read │
 *            └───────────┴ runStart ──────────────┴ frameStart ───┴──────────────┘
 * </pre>
 */
final class Frames {

    /** What becomes of a wanted frame. */
    enum Verdict {
        /** It goes on as it is. */
        PASS,
        /** The reader has dealt with it; it does not go on. */
        TAKE,
        /** It must wait: it is shown again after {@link #resume}, and nothing behind it is read until then. */
        STOP
    }

    /** Sees wanted frames. */
    interface Reader {

        /**
         * Decides about one frame.
         *
         * @param tag the message type
         * @param bytes holds the frame, lent
         * @param index where the frame's tag stands
         * @param length the frame's length, tag included
         */
        Verdict frame(byte tag, ByteBuf bytes, int index, int length);
    }

    private static final int LENGTH_BYTES = 4;

    private final Reader reader;
    private final Outlet passages;
    private final Tags tags;
    private final ByteBufAllocator allocator;
    private final int maxFrameBytes;

    /** The first bytes of a frame of which more must arrive. */
    private @Nullable ByteBuf pending;
    /** What waits behind a STOP, the stopped frame first. */
    private @Nullable ByteBuf stash;
    /** How much of an unwanted frame is still to come. */
    private long remain;

    private boolean released;
    private @Nullable ByteBuf current;
    private int runStart;
    private int frameStart;

    Frames(Reader reader, Outlet passages, Tags tags, ByteBufAllocator allocator, int maxFrameBytes) {
        this.reader = reader;
        this.passages = passages;
        this.tags = tags;
        this.allocator = allocator;
        this.maxFrameBytes = maxFrameBytes;
    }

    /**
     * Takes in what has arrived.
     *
     * @param bytes owned
     * @throws ProtocolViolation if the stream is broken or a wanted frame exceeds its bound
     */
    void accept(ByteBuf bytes) {
        if (released) {
            bytes.release();
            return;
        }
        if (stash != null) {
            stash = Pieces.join(allocator, stash, bytes);
            return;
        }
        if (pending != null) {
            ByteBuf whole = completeOwned(bytes);
            if (whole == null) {
                bytes.release();
                return;
            }
            scanOwned(whole, bytes);
            if (released) {
                bytes.release();
                return;
            }
            if (stash != null) {
                stash = Pieces.join(allocator, stash, bytes);
                return;
            }
        }
        if (bytes.isReadable()) {
            scan(bytes);
        } else {
            bytes.release();
        }
    }

    /** Shows the stopped frame again and goes on from there. */
    void resume() {
        ByteBuf waiting = stash;
        if (waiting != null) {
            stash = null;
            scan(waiting);
        }
    }

    /** Lets the run leave; a reader calls it before it writes something of its own, to keep the order. */
    void flush() {
        ByteBuf bytes = current;
        if (bytes != null && frameStart > runStart) {
            passages.write(bytes.retainedSlice(runStart, frameStart - runStart));
            runStart = frameStart;
        }
    }

    /** Whether everything passed on so far ends with a whole frame, so that a frame of our own may follow. */
    boolean atBoundary() {
        return remain == 0;
    }

    /** Whether a frame waits behind a STOP. */
    boolean waits() {
        return stash != null;
    }

    /** How many bytes wait behind a STOP. */
    int stashedBytes() {
        return stash == null ? 0 : stash.readableBytes();
    }

    /** Gives back everything held; whatever comes later is dropped. */
    void release() {
        released = true;
        if (pending != null) {
            pending.release();
            pending = null;
        }
        if (stash != null) {
            stash.release();
            stash = null;
        }
    }

    private void scanOwned(ByteBuf whole, ByteBuf rest) {
        try {
            scan(whole);
        } catch (RuntimeException e) {
            rest.release();
            throw e;
        }
    }

    private @Nullable ByteBuf completeOwned(ByteBuf bytes) {
        try {
            return complete(bytes);
        } catch (ProtocolViolation e) {
            bytes.release();
            throw e;
        }
    }

    private void scan(ByteBuf bytes) {
        boolean handedOver = false;
        try {
            current = bytes;
            int first = bytes.readerIndex();
            int end = bytes.writerIndex();
            runStart = first;
            int at = first + (int) Math.min(remain, end - first);
            remain -= at - first;
            while (end - at >= Frame.HEADER) {
                frameStart = at;
                byte tag = bytes.getByte(at);
                long length = frameLength(bytes, at, tag);
                if (!tags.isWanted(tag)) {
                    long present = Math.min(length, end - at);
                    remain = length - present;
                    at += (int) present;
                    continue;
                }
                if (length > end - at) {
                    break;
                }
                Verdict verdict = reader.frame(tag, bytes, at, (int) length);
                if (released) {
                    return;
                }
                if (verdict == Verdict.STOP) {
                    flush();
                    stash = bytes.retainedSlice(at, end - at);
                    return;
                }
                if (verdict == Verdict.TAKE) {
                    flush();
                    runStart = at + (int) length;
                }
                at += (int) length;
            }
            if (at < end) {
                pending = allocator.buffer(Math.max(64, end - at)).writeBytes(bytes, at, end - at);
            }
            if (runStart == first && at == end && at > first) {
                handedOver = true;
                passages.write(bytes);
            } else {
                frameStart = at;
                flush();
            }
        } catch (ProtocolViolation e) {
            flush();
            throw e;
        } finally {
            current = null;
            if (!handedOver) {
                bytes.release();
            }
        }
    }

    private long frameLength(ByteBuf bytes, int at, byte tag) {
        if (!tags.isLegal(tag)) {
            throw new ProtocolViolation("a message of unknown type 0x" + Integer.toHexString(tag & 0xff));
        }
        long length = bytes.getUnsignedInt(at + 1);
        if (length < LENGTH_BYTES || length > Integer.MAX_VALUE) {
            throw new ProtocolViolation("a message of length " + length);
        }
        if (tags.isWanted(tag) && length + 1 > maxFrameBytes) {
            throw new ProtocolViolation("a message of " + length + " bytes, of at most " + maxFrameBytes);
        }
        return length + 1;
    }

    /** Adds to the pending frame what it lacks; answers it once it is whole, or its header shows that nobody wants it. */
    private @Nullable ByteBuf complete(ByteBuf bytes) {
        ByteBuf frame = pending;
        if (frame == null) {
            return null;
        }
        Pieces.fill(frame, bytes, Frame.HEADER);
        if (frame.readableBytes() < Frame.HEADER) {
            return null;
        }
        byte tag = frame.getByte(frame.readerIndex());
        long length = frameLength(frame, frame.readerIndex(), tag);
        if (tags.isWanted(tag)) {
            Pieces.fill(frame, bytes, (int) length);
            if (frame.readableBytes() < length) {
                return null;
            }
        }
        pending = null;
        return frame;
    }
}
