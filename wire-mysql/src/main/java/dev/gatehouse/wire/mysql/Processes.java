package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.session.Upstream;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of the server's connections, in which those of the gateway's clients have the numbers their clients know them by, so
 * that {@code KILL} finds what is seen.
 *
 * @param connections the gateway's
 * @param upstream the server
 * @see <a href="https://dev.mysql.com/doc/refman/9.4/en/show-processlist.html">SHOW PROCESSLIST Statement</a>
 */
record Processes(Connections connections, Upstream upstream) implements Mask {

    private static final int MAX_BYTES = 40;
    private static final int MAX_DIGITS = 18;
    /** Where the text of what runs stands. */
    private static final int INFO = 7;

    private static final Pattern SHOW =
            Pattern.compile("\\s*SHOW\\s+(?:FULL\\s+)?PROCESSLIST\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

    /** Whether a text asks for the list, and for nothing else. */
    static boolean isQuestion(byte[] sql) {
        return sql.length <= MAX_BYTES
                && SHOW.matcher(new String(sql, StandardCharsets.ISO_8859_1)).matches();
    }

    /**
     * How its rows are rewritten.
     *
     * @param masked whether the session has masks: then it sees no text of others', which may quote what it must not see
     */
    MaskPlan plan(int width, boolean masked) {
        List<@Nullable Mask> masks = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            masks.add(i == 0 ? this : masked && i >= INFO ? Withheld.INSTANCE : null);
        }
        return MaskPlan.of(masks);
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        CharSequence text = row.getCharSequence(index, Math.min(length, MAX_DIGITS), StandardCharsets.US_ASCII);
        boolean number = length <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9') && length > 0;
        return number
                ? out.writeCharSequence(
                        Long.toString(connections.shown(Long.parseLong(text.toString()), upstream)),
                        StandardCharsets.US_ASCII)
                : NULL;
    }

    @Override
    public String id() {
        return "connection number";
    }
}
