package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a login is proven with out of {@code SHOW GRANTS}, {@code SHOW CREATE USER} and whatever else quotes a {@code CREATE
 * USER}: the login is the gateway's own, and each server tells it to whoever uses it.
 *
 * @see <a href="https://mariadb.com/kb/en/show-grants/">MariaDB: SHOW GRANTS</a>
 * @see <a href="https://dev.mysql.com/doc/refman/9.4/en/show-create-user.html">MySQL: SHOW CREATE USER Statement</a>
 */
enum Credentials implements Mask {
    INSTANCE;

    private static final String WORD = "IDENTIFIED";

    private static final Pattern PROOF = Pattern.compile(
            "\\b(PASSWORD|AS|USING|BY)(\\s+)(?:'(?:[^'\\\\]|\\\\.|'')*+(?:'|$)|0x[0-9A-F]+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String HIDDEN = "$1$2'<secret>'";

    /**
     * Whether the rows of a command may hold any.
     *
     * @param command null where it is not known what runs
     */
    static boolean mayBeToldBy(@Nullable Command command) {
        return command == null
                || (command.verb() != Kind.SELECT && command.output().isEmpty());
    }

    /** A plan that besides looks for them in the columns that are in clear otherwise. */
    static MaskPlan in(MaskPlan plan, int width) {
        List<@Nullable Mask> masks = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            Mask mask = plan.isEmpty() ? null : plan.mask(i);
            masks.add(mask == null ? INSTANCE : mask);
        }
        return MaskPlan.of(masks);
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        String value = row.toString(index, length, StandardCharsets.ISO_8859_1);
        if (mentions(value)) {
            return out.writeCharSequence(PROOF.matcher(value).replaceAll(HIDDEN), StandardCharsets.ISO_8859_1);
        }
        if (value.indexOf('\0') >= 0 && mentions(value.replace("\0", ""))) {
            return NULL;
        }
        out.writeBytes(row, index, length);
        return length;
    }

    private static boolean mentions(String value) {
        return value.contains(WORD);
    }

    @Override
    public boolean replaces() {
        return false;
    }

    @Override
    public String id() {
        return "credentials";
    }
}
