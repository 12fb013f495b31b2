package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Eof;
import dev.gatehouse.wire.mysql.message.Err;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A question of the gateway's own: what decides now how text is read. The client gets nothing of the answer. What the server
 * does not answer is not known.
 *
 * <p>The server's own reports (session tracking) are not enough: a client may have them switched off.
 */
final class Inquiry {

    /**
     * Asks without a quote, so that it means the same in every mode; and for bytes, which no {@code character_set_results}
     * changes: they are the server's own UTF-8.
     */
    static final String ASK = "SELECT CAST(@@version AS BINARY),CAST(@@session.sql_mode AS BINARY),"
            + "@@lower_case_table_names,CAST(@@session.character_set_client AS BINARY),"
            + "CAST(@@session.character_set_results AS BINARY),CAST(DATABASE() AS BINARY)";

    private static final int COLUMNS = 6;

    private final int expected;

    /** What comes next. */
    enum Next {
        /** More of the same answer. */
        MORE,
        /** It is answered. */
        KNOWN
    }

    private enum Stage {
        COUNT,
        COLUMNS,
        ROW,
        END
    }

    private final boolean deprecatesEof;
    private final List<String> values = new ArrayList<>();
    private Stage stage = Stage.COUNT;
    private int columns;

    /** @param deprecatesEof whether column definitions end with nothing */
    Inquiry(boolean deprecatesEof) {
        this(deprecatesEof, COLUMNS);
    }

    /**
     * Another question than {@link #ASK}, which one row answers.
     *
     * @param deprecatesEof whether column definitions end with nothing
     */
    Inquiry(boolean deprecatesEof, int expected) {
        this.deprecatesEof = deprecatesEof;
        this.expected = expected;
    }

    /** Takes in one payload of the answers. */
    Next answer(ByteBuf bytes, int index, int length) {
        Body body = new Body(bytes, index, index + length);
        switch (stage) {
            case COUNT -> {
                if (body.peek() == Err.TAG) {
                    return Next.KNOWN;
                }
                columns = (int) body.lengthEncoded();
                stage = Stage.COLUMNS;
            }
            case COLUMNS -> {
                columns--;
                if (columns == (deprecatesEof ? 0 : -1)) {
                    stage = Stage.ROW;
                }
            }
            case ROW -> {
                if (body.peek() == Err.TAG || body.peek() == Eof.TAG) {
                    return Next.KNOWN;
                }
                while (body.left() > 0) {
                    values.add(text(body));
                }
                stage = Stage.END;
            }
            case END -> {
                if (body.peek() != Eof.TAG || values.size() != expected) {
                    values.clear();
                }
                return Next.KNOWN;
            }
        }
        return Next.MORE;
    }

    private static String text(Body body) {
        if (body.peek() == Body.NULL) {
            body.skip(1);
            return "";
        }
        return body.lengthEncodedString();
    }

    String version() {
        return value(0);
    }

    String sqlMode() {
        return value(1);
    }

    int lowerCaseTableNames() {
        String number = value(2);
        return number.matches("[0-2]") ? Integer.parseInt(number) : -1;
    }

    String characterSetClient() {
        return value(3);
    }

    String characterSetResults() {
        return value(4);
    }

    String database() {
        return value(5);
    }

    /** What the server says in a column of its answer; empty where it says nothing. */
    String value(int column) {
        return values.isEmpty() ? "" : values.get(column);
    }
}
