package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.wire.mysql.message.Eof;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.Ok;
import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client finds by {@code SHOW WARNINGS} and its like behind an error of the gateway's own, of which the server knows
 * nothing: the error, and a note for each thing more that there is to say.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/show-warnings.html">SHOW WARNINGS Statement</a>
 */
final class Diagnostics {

    private static final int MAX_BYTES = 100;

    private static final int UTF8 = 45;
    private static final int VARIABLE_TEXT = 0xfd;
    private static final int NUMBER = 3;
    private static final int TEXT_BYTES = 2048;

    private static final Pattern SHOW = Pattern.compile(
            "\\s*SHOW\\s+(?:(COUNT\\s*\\(\\s*\\*\\s*\\))\\s+)?(WARNINGS|ERRORS)(?:\\s+LIMIT\\s+(?:(\\d{1,9})\\s*,\\s*)?(\\d{1,9}))?\\s*;?\\s*",
            Pattern.CASE_INSENSITIVE);

    private final boolean deprecatesEof;
    private final boolean extendedMetadata;
    private @Nullable Err error;
    private List<String> notes = List.of();

    /**
     * @param deprecatesEof whether rows end with an OK packet
     * @param extendedMetadata whether column definitions tell of MariaDB's own types
     */
    Diagnostics(boolean deprecatesEof, boolean extendedMetadata) {
        this.extendedMetadata = extendedMetadata;
        this.deprecatesEof = deprecatesEof;
    }

    /** Keeps what there is to say of an error that the client just got. */
    void keep(Err refused, List<String> more) {
        error = refused;
        notes = List.copyOf(more);
    }

    /** The server has been sent a statement: what it knows counts again. */
    void forget() {
        error = null;
        notes = List.of();
    }

    /** Whether a text asks for diagnostics, and for nothing else. */
    static boolean isQuestion(byte[] sql) {
        return sql.length <= MAX_BYTES && matcher(sql).matches();
    }

    /** Whether a command puts what diagnostics say into a variable, GET DIAGNOSTICS: they may quote values. */
    static boolean keeps(Command command) {
        return command.kinds().contains(Kind.SHOW)
                && command.effects().stream()
                        .anyMatch(
                                effect -> effect instanceof Effect.Sets sets && sets.reach() == Effect.Reach.VARIABLE);
    }

    private static Matcher matcher(byte[] sql) {
        return SHOW.matcher(new String(sql, StandardCharsets.ISO_8859_1));
    }

    /** The answer to a question for diagnostics; null where the server's are meant. */
    @Nullable
    ByteBuf answer(byte[] sql, ByteBufAllocator allocator, Numbers numbers, int status) {
        Err kept = error;
        Matcher matcher = matcher(sql);
        if (kept == null || sql.length > MAX_BYTES || !matcher.matches()) {
            return null;
        }
        boolean errorsOnly = matcher.group(2).equalsIgnoreCase("ERRORS");
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"Error", Integer.toString(kept.code()), kept.message()});
        if (!errorsOnly) {
            notes.forEach(note -> rows.add(new String[] {"Note", Integer.toString(kept.code()), note}));
        }
        ByteBuf out = allocator.buffer();
        if (matcher.group(1) != null) {
            String name = errorsOnly ? "@@session.error_count" : "@@session.warning_count";
            count(out, numbers, 1);
            column(out, numbers, name, NUMBER);
            rows(out, numbers, List.<String[]>of(new String[] {Integer.toString(rows.size())}), status);
            return out;
        }
        int from = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        int most = matcher.group(4) == null ? rows.size() : Integer.parseInt(matcher.group(4));
        count(out, numbers, 3);
        column(out, numbers, "Level", VARIABLE_TEXT);
        column(out, numbers, "Code", NUMBER);
        column(out, numbers, "Message", VARIABLE_TEXT);
        rows(out, numbers, rows.stream().skip(from).limit(most).toList(), status);
        return out;
    }

    private static void count(ByteBuf out, Numbers numbers, int columns) {
        int start = Packet.begin(out, numbers.take());
        Packet.lengthEncoded(out, columns);
        Packet.end(out, start);
    }

    private void column(ByteBuf out, Numbers numbers, String name, int type) {
        int start = Packet.begin(out, numbers.take());
        Packet.string(out, "def");
        Packet.string(out, "");
        Packet.string(out, "");
        Packet.string(out, "");
        Packet.string(out, name);
        Packet.string(out, "");
        if (extendedMetadata) {
            Packet.string(out, "");
        }
        out.writeByte(0x0c).writeShortLE(UTF8).writeIntLE(TEXT_BYTES).writeByte(type);
        out.writeShortLE(1).writeByte(0).writeShortLE(0);
        Packet.end(out, start);
    }

    private void rows(ByteBuf out, Numbers numbers, List<String[]> rows, int status) {
        if (!deprecatesEof) {
            new Eof(0, status).write(out, numbers.take());
        }
        for (String[] row : rows) {
            int start = Packet.begin(out, numbers.take());
            for (String value : row) {
                Packet.string(out, value);
            }
            Packet.end(out, start);
        }
        if (deprecatesEof) {
            Ok.plain(status).write(out, numbers.take(), Eof.TAG, false);
        } else {
            new Eof(0, status).write(out, numbers.take());
        }
    }
}
