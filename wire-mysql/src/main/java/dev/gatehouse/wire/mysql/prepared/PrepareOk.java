package dev.gatehouse.wire.mysql.prepared;

import dev.gatehouse.wire.mysql.message.Body;

/**
 * COM_STMT_PREPARE_OK: a statement has been prepared. The definitions of its parameters and of its result's columns follow.
 *
 * @param statement its number, unsigned
 * @param columns how many columns its result has; 0 for none
 * @param parameters how many it has
 * @param warnings how many there are
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_prepare.html#sect_protocol_com_stmt_prepare_response_ok">
 *     COM_STMT_PREPARE_OK</a>
 */
public record PrepareOk(long statement, int columns, int parameters, int warnings) {

    /** What its payload begins with. */
    public static final int TAG = 0;

    /** Reads a payload from its first byte on. */
    public static PrepareOk read(Body body) {
        body.skip(1);
        long statement = body.int4();
        int columns = body.int2();
        int parameters = body.int2();
        body.skip(1);
        int warnings = body.left() >= Short.BYTES ? body.int2() : 0;
        return new PrepareOk(statement, columns, parameters, warnings);
    }
}
