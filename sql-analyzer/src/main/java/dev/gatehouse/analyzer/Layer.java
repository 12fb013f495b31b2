package dev.gatehouse.analyzer;

import java.util.Locale;

/** Who read a statement. */
public enum Layer {
    /** A grammar of ours on Calcite's. */
    CALCITE,
    /** JSqlParser, translated to the same tree. */
    JSQLPARSER,
    /** The synopses of the manuals: commands that are neither queries nor change rows: commands that are neither queries nor write rows. */
    VERB;

    /** The word that programs are given. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
