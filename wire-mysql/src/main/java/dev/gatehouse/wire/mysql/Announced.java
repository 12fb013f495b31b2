package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.Packets.Verdict;
import dev.gatehouse.wire.mysql.prepared.PrepareOk;
import io.netty.buffer.ByteBuf;

/**
 * What comes of the answer to a COM_STMT_PREPARE: its head, definitions of the parameters, definitions of the columns.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_prepare.html">COM_STMT_PREPARE</a>
 */
final class Announced {

    static final Announced NOTHING = new Announced(0, 0, 0);

    /** How many packets come before the columns, the one at hand among them. */
    private int before;

    private int columns;
    /** How many packets come behind the columns. */
    private int behind;

    /** @param deprecatesEof whether definitions end with nothing */
    Announced(PrepareOk ok, boolean deprecatesEof) {
        this(
                1 + ok.parameters() + (ok.parameters() > 0 && !deprecatesEof ? 1 : 0),
                ok.columns(),
                ok.columns() > 0 && !deprecatesEof ? 1 : 0);
    }

    private Announced(int before, int columns, int behind) {
        this.before = before;
        this.columns = columns;
        this.behind = behind;
    }

    /** Takes in a packet that passes. */
    Verdict next() {
        if (before > 0) {
            before--;
        } else if (columns > 0) {
            columns--;
        } else {
            behind--;
        }
        return Verdict.PASS;
    }

    /** Takes in a packet; definitions of columns leave as they are true of the rows that will come. */
    Verdict next(Execution probe, Rows rows, ByteBuf bytes, int index, int length) {
        boolean ofColumn = before == 0 && columns > 0;
        next();
        if (!ofColumn) {
            return Verdict.PASS;
        }
        rows.column(bytes, index, length);
        if (columns == 0) {
            rows.foretold(probe);
        }
        return Verdict.TAKE;
    }

    boolean isOver() {
        return before == 0 && columns == 0 && behind == 0;
    }
}
