package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.message.Commands;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What the gateway says to a server behind a login, before the session is the client's: it asks what decides how text is read,
 * and takes back what can be seen of that. In a session that has run nothing, {@code FOUND_ROWS()} and {@code ROW_COUNT()} are 0.
 *
 * <pre>
 *   ASKING ──the settings──► FINDING (no row) ──its end──► CHANGING (nothing) ──OK_Packet──► the session begins
 * </pre>
 */
final class Opening {

    private static final String NO_ROW = "SELECT 1 LIMIT 0";

    private enum Stage {
        ASKING,
        FINDING,
        CHANGING
    }

    private final MySqlSession session;
    private final Inquiry settings;
    private final Inquiry noRow;
    private Stage stage = Stage.ASKING;

    /** @param deprecatesEof whether column definitions end with nothing */
    Opening(MySqlSession session, boolean deprecatesEof) {
        this.session = session;
        this.settings = new Inquiry(deprecatesEof);
        this.noRow = new Inquiry(deprecatesEof);
        ask(Inquiry.ASK);
    }

    private void ask(String sql) {
        session.command(Commands.QUERY, sql.getBytes(StandardCharsets.US_ASCII));
    }

    /** Takes in one payload of the answers; answers whether the session may begin. */
    boolean answer(ByteBuf bytes, int index, int length) {
        switch (stage) {
            case ASKING -> {
                if (settings.answer(bytes, index, length) == Inquiry.Next.KNOWN) {
                    stage = Stage.FINDING;
                    ask(NO_ROW);
                }
            }
            case FINDING -> {
                if (noRow.answer(bytes, index, length) == Inquiry.Next.KNOWN) {
                    stage = Stage.CHANGING;
                    session.command(Commands.PING, new byte[0]);
                }
            }
            case CHANGING -> {
                return true;
            }
        }
        return false;
    }

    /** What decides how text is read, once it was answered. */
    Inquiry settings() {
        return settings;
    }
}
