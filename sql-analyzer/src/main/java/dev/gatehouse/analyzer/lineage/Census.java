package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Sees to it that no name of a tree is overlooked: each was followed, or passed over on purpose. */
final class Census {

    private final Set<SqlNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Notes that a name was taken into account. */
    void see(SqlIdentifier name) {
        seen.add(name);
    }

    /** Notes that a part of the tree holds nothing to follow. */
    void pass(@Nullable SqlNode part) {
        if (part instanceof SqlIdentifier || part instanceof SqlCall || part instanceof SqlNodeList) {
            seen.add(part);
        }
    }

    /** Throws if a name was overlooked. */
    void check(@Nullable SqlNode node, Lineage lineage) {
        if (node == null || seen.contains(node)) {
            return;
        }
        if (node instanceof SqlIdentifier name) {
            throw new Unreadable("a name that was overlooked", lineage.position(name));
        }
        Iterable<? extends @Nullable SqlNode> parts = Set.of();
        if (node instanceof SqlCall call) {
            parts = call.getOperandList();
        } else if (node instanceof SqlNodeList list) {
            parts = list;
        }
        parts.forEach(part -> check(part, lineage));
    }
}
