package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an event: the type and body of a {@link Slot}, format 1.
 *
 * <pre>
 *  type
 *   1  frames from the client   bytes
 *   2  frames to the client     bytes
 *   3  allowed                  long decision, text rule, text policy, sql
 *   4  answered                 long decision, tag
 *   5  Opened                   text user, kind, list groups, text source, application, protocol, upstream, database, login
 *   6  TurnedAway               text source, user, reason
 *   7  Asked                    long decision, text sql, list parameters, byte verdict, text rule, policy, detail
 *   8  Decided                  long decision, text request, outcome, by, comment
 *   9  Answered                 long decision, text result, byte failed, list masked
 *  10  Closed                   text reason
 *
 *  text     int length, that many bytes of UTF-8; length -1 for null
 *  list     int count, that many texts
 *  verdict  0 allow, 1 block, 2 approve
 *  bytes, sql, tag              all that is left of the body
 * </pre>
 */
final class EventCodec {

    static final byte FRAMES_FROM_CLIENT = 1;
    static final byte FRAMES_TO_CLIENT = 2;
    static final byte ALLOWED = 3;
    static final byte SHORT_ANSWERED = 4;
    static final byte OPENED = 5;
    static final byte TURNED_AWAY = 6;
    static final byte ASKED = 7;
    static final byte DECIDED = 8;
    static final byte ANSWERED = 9;
    static final byte CLOSED = 10;

    /** By their number. */
    private static final List<Verdict> VERDICTS = List.of(Verdict.ALLOW, Verdict.BLOCK, Verdict.APPROVE);

    private EventCodec() {}

    /** The type of the slot an event goes into. */
    static byte type(Event event) {
        if (event instanceof Event.Frames frames) {
            return type(frames.direction());
        }
        if (event instanceof Event.Opened) {
            return OPENED;
        }
        if (event instanceof Event.TurnedAway) {
            return TURNED_AWAY;
        }
        if (event instanceof Event.Asked) {
            return ASKED;
        }
        if (event instanceof Event.Decided) {
            return DECIDED;
        }
        return event instanceof Event.Answered ? ANSWERED : CLOSED;
    }

    static byte type(Direction direction) {
        return direction == Direction.FROM_CLIENT ? FRAMES_FROM_CLIENT : FRAMES_TO_CLIENT;
    }

    /** Writes an event's body. */
    static void write(Event event, ByteBuf out) {
        if (event instanceof Event.Frames frames) {
            out.writeBytes(frames.bytes());
        } else if (event instanceof Event.Opened e) {
            texts(out, e.user(), e.kind());
            list(out, e.groups());
            texts(out, e.source(), e.application(), e.protocol(), e.upstream(), e.database(), e.login());
        } else if (event instanceof Event.TurnedAway e) {
            texts(out, e.source(), e.user(), e.reason());
        } else if (event instanceof Event.Asked e) {
            out.writeLongLE(e.decision());
            texts(out, e.sql());
            list(out, e.parameters());
            out.writeByte(VERDICTS.indexOf(e.verdict()));
            texts(out, e.rule(), e.policy(), e.detail());
        } else if (event instanceof Event.Decided e) {
            out.writeLongLE(e.decision());
            texts(out, e.request(), e.outcome(), e.by(), e.comment());
        } else if (event instanceof Event.Answered e) {
            out.writeLongLE(e.decision());
            texts(out, e.result());
            out.writeBoolean(e.failed());
            list(out, e.masked());
        } else if (event instanceof Event.Closed e) {
            texts(out, e.reason());
        }
    }

    /**
     * Reads an event.
     *
     * @param body all of the slot's body and nothing else; lent
     * @throws JournalException if it is not one
     */
    static Event read(byte type, byte format, long session, ByteBuf body) {
        if (format != Slot.FORMAT) {
            throw new JournalException("journal: a record of format " + format + "; this version reads " + Slot.FORMAT);
        }
        try {
            return read(type, session, body);
        } catch (IndexOutOfBoundsException e) {
            throw new JournalException("journal: a record of type " + type + " is damaged", e);
        }
    }

    private static Event read(byte type, long session, ByteBuf in) {
        return switch (type) {
            case FRAMES_FROM_CLIENT -> new Event.Frames(session, Direction.FROM_CLIENT, rest(in));
            case FRAMES_TO_CLIENT -> new Event.Frames(session, Direction.TO_CLIENT, rest(in));
            case ALLOWED -> {
                long decision = in.readLongLE();
                String rule = text(in);
                String policy = text(in);
                String sql = in.toString(StandardCharsets.UTF_8);
                yield new Event.Asked(session, decision, sql, List.of(), Verdict.ALLOW, rule, policy, "");
            }
            case SHORT_ANSWERED ->
                new Event.Answered(session, in.readLongLE(), in.toString(StandardCharsets.UTF_8), false, List.of());
            case OPENED ->
                new Event.Opened(
                        session, text(in), text(in), texts(in), text(in), text(in), text(in), text(in), text(in),
                        text(in));
            case TURNED_AWAY -> new Event.TurnedAway(session, text(in), text(in), text(in));
            case ASKED ->
                new Event.Asked(
                        session,
                        in.readLongLE(),
                        text(in),
                        list(in),
                        verdict(in.readByte()),
                        text(in),
                        text(in),
                        text(in));
            case DECIDED -> new Event.Decided(session, in.readLongLE(), text(in), text(in), text(in), text(in));
            case ANSWERED -> new Event.Answered(session, in.readLongLE(), text(in), in.readBoolean(), texts(in));
            case CLOSED -> new Event.Closed(session, text(in));
            default -> throw new JournalException("journal: a record of the unknown type " + type);
        };
    }

    private static Verdict verdict(byte number) {
        if (number < 0 || number >= VERDICTS.size()) {
            throw new JournalException("journal: a record has the unknown verdict " + number);
        }
        return VERDICTS.get(number);
    }

    private static byte[] rest(ByteBuf in) {
        byte[] bytes = new byte[in.readableBytes()];
        in.readBytes(bytes);
        return bytes;
    }

    private static void texts(ByteBuf out, String... texts) {
        for (String text : texts) {
            text(out, text);
        }
    }

    private static void text(ByteBuf out, @Nullable String text) {
        if (text == null) {
            out.writeIntLE(-1);
            return;
        }
        int lengthAt = out.writerIndex();
        out.writeIntLE(0);
        out.setIntLE(lengthAt, ByteBufUtil.writeUtf8(out, text));
    }

    private static void list(ByteBuf out, List<? extends @Nullable String> texts) {
        out.writeIntLE(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static @Nullable String nullable(ByteBuf in) {
        int length = in.readIntLE();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > in.readableBytes()) {
            throw new IndexOutOfBoundsException("a text of " + length + " bytes");
        }
        return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    private static String text(ByteBuf in) {
        String text = nullable(in);
        if (text == null) {
            throw new IndexOutOfBoundsException("no text");
        }
        return text;
    }

    private static List<@Nullable String> list(ByteBuf in) {
        int count = count(in);
        List<@Nullable String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(nullable(in));
        }
        return texts;
    }

    private static List<String> texts(ByteBuf in) {
        int count = count(in);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(in));
        }
        return texts;
    }

    private static int count(ByteBuf in) {
        int count = in.readIntLE();
        // Each text takes four bytes at least.
        if (count < 0 || count > in.readableBytes() / Integer.BYTES) {
            throw new IndexOutOfBoundsException("a list of " + count);
        }
        return count;
    }
}
