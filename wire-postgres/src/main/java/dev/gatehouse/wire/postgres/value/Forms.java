package dev.gatehouse.wire.postgres.value;

import dev.gatehouse.firewall.masking.DecimalText;
import dev.gatehouse.firewall.masking.IsoText;
import dev.gatehouse.firewall.masking.ValueForm;

/**
 * The form of a column's values, by the OID of its type and by whether they come in binary.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat">pg_type.dat</a>
 */
public final class Forms {

    private static final int CHAR = 18;
    private static final int NAME = 19;
    private static final int INT8 = 20;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;
    private static final int UNKNOWN = 705;
    private static final int BPCHAR = 1042;
    private static final int VARCHAR = 1043;
    private static final int DATE = 1082;
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMPTZ = 1184;
    private static final int NUMERIC = 1700;

    private Forms() {}

    /** The form of a type's values. */
    public static ValueForm of(int type, boolean binary) {
        return switch (type) {
            case CHAR, NAME, TEXT, UNKNOWN, BPCHAR, VARCHAR -> ValueForm.STRINGS;
            case INT2 -> binary ? BinaryNumber.INT2 : DecimalText.INT2;
            case INT4 -> binary ? BinaryNumber.INT4 : DecimalText.INT4;
            case INT8 -> binary ? BinaryNumber.INT8 : DecimalText.INT8;
            case FLOAT4 -> binary ? BinaryNumber.FLOAT4 : DecimalText.FLOAT4;
            case FLOAT8 -> binary ? BinaryNumber.FLOAT8 : DecimalText.FLOAT8;
            case NUMERIC -> binary ? BinaryNumeric.NUMERIC : DecimalText.NUMERIC;
            case DATE -> binary ? BinaryTime.DATE : IsoText.TEXT;
            case TIMESTAMP, TIMESTAMPTZ -> binary ? BinaryTime.TIMESTAMP : IsoText.TEXT;
            default -> ValueForm.UNREADABLE;
        };
    }
}
