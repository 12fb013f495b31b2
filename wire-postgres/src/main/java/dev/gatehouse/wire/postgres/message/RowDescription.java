package dev.gatehouse.wire.postgres.message;

import java.util.ArrayList;
import java.util.List;

/**
 * What a result's columns are.
 *
 * @param fields the columns in order
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats, RowDescription (B)</a>
 */
public record RowDescription(List<Field> fields) {

    public static final byte TAG = 'T';
    private static final int MIN_FIELD_BYTES = 19;

    /**
     * One column.
     *
     * @param name the column's name
     * @param table the OID of the table it can be traced to, else 0
     * @param attribute its attribute number there, else 0
     * @param type the OID of its data type
     * @param binary whether its values come in binary; false where that is not settled yet
     */
    public record Field(String name, int table, int attribute, int type, boolean binary) {}

    /**
     * Reads the body that follows the header.
     *
     * @throws ProtocolViolation if it is not exactly one RowDescription
     */
    public static RowDescription read(Body body) {
        int count = body.count(MIN_FIELD_BYTES);
        List<Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = body.string();
            int table = body.int32();
            int attribute = body.int16();
            int type = body.int32();
            body.skip(2 + 4);
            boolean binary = body.int16() != 0;
            fields.add(new Field(name, table, attribute, type, binary));
        }
        body.finish();
        return new RowDescription(fields);
    }
}
