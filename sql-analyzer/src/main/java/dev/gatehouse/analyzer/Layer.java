package dev.gatehouse.analyzer;

import java.util.Locale;

/** Who read a statement. */
public enum Layer {
    /** A grammar of ours on Calcite's. */
    CALCITE,
    /** The synopses of the manuals: commands that are neither queries nor change rows. */
    VERB;

    /** The word that programs are given. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
