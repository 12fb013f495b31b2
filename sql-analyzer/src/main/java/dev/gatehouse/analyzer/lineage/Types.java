package dev.gatehouse.analyzer.lineage;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;

/** What the types in casts do to values. */
final class Types {

    private static final Set<String> TEXTS = Set.of("text", "varchar", "character varying");

    private static final Set<String> WRITTEN =
            Set.of("text", "varchar", "character varying", "char", "character", "bpchar", "name");
    private static final String MODIFIED = "(n)";

    private Types() {}

    /** Whether it is a type that every value can be written as. */
    static boolean isText(SqlDataTypeSpec type) {
        SqlTypeNameSpec spec = type.getTypeNameSpec();
        if (spec instanceof SqlCollectionTypeNameSpec) {
            return false;
        }
        SqlIdentifier name = spec.getTypeName();
        String last = name.names.get(name.names.size() - 1).toLowerCase(Locale.ROOT);
        boolean own = name.isSimple() || name.names.get(0).equals("pg_catalog");
        return own
                && WRITTEN.contains(
                        last.endsWith(MODIFIED) ? last.substring(0, last.length() - MODIFIED.length()) : last);
    }

    /** Whether a cast to this type leaves a text as it is; one with modifiers has another name. */
    static boolean keepsText(SqlDataTypeSpec type) {
        SqlTypeNameSpec spec = type.getTypeNameSpec();
        if (spec instanceof SqlCollectionTypeNameSpec) {
            return false;
        }
        SqlIdentifier name = spec.getTypeName();
        return name.isSimple() && TEXTS.contains(name.getSimple().toLowerCase(Locale.ROOT));
    }
}
