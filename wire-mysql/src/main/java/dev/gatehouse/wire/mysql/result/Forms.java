package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.firewall.masking.DecimalText;
import dev.gatehouse.firewall.masking.IsoText;
import dev.gatehouse.firewall.masking.ValueForm;

/** The form of a column's values, by its type, for columns that are no strings. */
final class Forms {

    private Forms() {}

    /**
     * The form of a type's values.
     *
     * @param type see {@link ColumnType}
     * @param unsigned whether the column has the flag of unsigned numbers
     * @param binary whether values come in binary rows
     */
    static ValueForm of(int type, boolean unsigned, boolean binary) {
        return switch (type) {
            case ColumnType.TINY -> number(unsigned ? DecimalText.UNSIGNED1 : DecimalText.INT1, 1, binary);
            case ColumnType.SHORT -> number(unsigned ? DecimalText.UNSIGNED2 : DecimalText.INT2, 2, binary);
            case ColumnType.INT24 -> number(unsigned ? DecimalText.UNSIGNED3 : DecimalText.INT3, 4, binary);
            case ColumnType.LONG -> number(unsigned ? DecimalText.UNSIGNED4 : DecimalText.INT4, 4, binary);
            case ColumnType.LONGLONG -> number(unsigned ? DecimalText.UNSIGNED8 : DecimalText.INT8, 8, binary);
            case ColumnType.FLOAT -> number(DecimalText.FLOAT4, 4, binary);
            case ColumnType.DOUBLE -> number(DecimalText.FLOAT8, 8, binary);
            case ColumnType.DECIMAL, ColumnType.NEWDECIMAL -> DecimalText.NUMERIC;
            case ColumnType.DATE, ColumnType.DATETIME, ColumnType.TIMESTAMP -> binary ? BinaryTime.TIME : IsoText.TEXT;
            default -> ValueForm.UNREADABLE;
        };
    }

    private static ValueForm number(DecimalText room, int bytes, boolean binary) {
        return binary ? new BinaryNumber(room, bytes) : room;
    }
}
