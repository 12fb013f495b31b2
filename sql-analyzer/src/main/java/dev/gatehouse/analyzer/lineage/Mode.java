package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.firewall.statement.Effect.Use;
import org.jspecify.annotations.Nullable;

/** What becomes of the value of an expression. */
public enum Mode {
    RESULT(Use.RESULT),
    PREDICATE(Use.PREDICATE),
    JOIN(Use.JOIN),
    ORDER(Use.ORDER),
    GROUP(Use.GROUP),
    AGGREGATE(Use.AGGREGATE),
    CARRIED(Use.CARRIED),
    /** It is a column of an inner query; what becomes of it is decided where that column is used. */
    INNER(null);

    private final @Nullable Use use;

    Mode(@Nullable Use use) {
        this.use = use;
    }

    @Nullable
    Use use() {
        return use;
    }
}
