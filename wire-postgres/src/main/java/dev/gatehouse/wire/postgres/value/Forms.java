package dev.gatehouse.wire.postgres.value;

import dev.gatehouse.firewall.masking.DecimalText;
import dev.gatehouse.firewall.masking.IsoText;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.Prose;
import dev.gatehouse.firewall.masking.ValueForm;
import java.util.Set;

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
    private static final int JSON = 114;
    private static final int JSONB = 3802;
    private static final int XML = 142;
    private static final int RECORD = 2249;
    private static final int TSVECTOR = 3614;
    /** Of name, text, bpchar, varchar. */
    private static final Set<Integer> TEXT_ARRAYS = Set.of(1003, 1009, 1014, 1015);
    /** Of json, jsonb. */
    private static final Set<Integer> JSON_ARRAYS = Set.of(199, 3807);
    /** Of XML, cstring, record, tsvector. */
    private static final Set<Integer> OTHER_ARRAYS = Set.of(143, 1263, 2287, 3643);

    /** The first OID that initdb gives to nothing: types of extensions and of people. */
    private static final int FIRST_NORMAL = 16384;

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

    /**
     * How text stands in a type's values, or in the elements of an array in binary form. Of what else is made of parts the text
     * form alone is read, and of a type that is not built in too: it may be an array, a row, or text under another name.
     */
    public static Prose prose(int type, boolean binary) {
        return switch (type) {
            case CHAR, NAME, TEXT, UNKNOWN, BPCHAR, VARCHAR -> Prose.PLAIN;
            case JSON, JSONB -> Prose.JSON;
            case XML -> Prose.LITERAL;
            default -> binary ? inBinary(type) : inText(type);
        };
    }

    private static Prose inBinary(int type) {
        return TEXT_ARRAYS.contains(type) ? Prose.PLAIN : JSON_ARRAYS.contains(type) ? Prose.JSON : Prose.NONE;
    }

    private static Prose inText(int type) {
        boolean array = TEXT_ARRAYS.contains(type) || JSON_ARRAYS.contains(type) || OTHER_ARRAYS.contains(type);
        boolean made = array || type == RECORD || type == TSVECTOR;
        return made || type >= FIRST_NORMAL || type < 0 ? Prose.LITERAL : Prose.NONE;
    }

    /** What a mask that looks for something in a type's values does to one of them. */
    public static Mask within(int type, boolean binary, Mask mask) {
        boolean array = binary && (TEXT_ARRAYS.contains(type) || JSON_ARRAYS.contains(type));
        return array && !mask.replaces() ? new ArrayElements(mask) : mask;
    }
}
