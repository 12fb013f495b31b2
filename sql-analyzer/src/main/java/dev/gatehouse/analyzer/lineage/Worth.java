package dev.gatehouse.analyzer.lineage;

/** What a condition is worth, as far as its text shows. That a value may be null is left aside. */
enum Worth {
    /** No row fails it. */
    TRUE,
    /** Every row fails it. */
    FALSE,
    /** It is the same for every row, and it may be true. */
    SAME,
    /** It depends on the row. */
    OPEN;

    static Worth certain(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    /** Whether some row may fail it. */
    boolean restricts() {
        return this == OPEN || this == FALSE;
    }
}
