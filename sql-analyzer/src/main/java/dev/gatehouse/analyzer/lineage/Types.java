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

    private Types() {}

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
