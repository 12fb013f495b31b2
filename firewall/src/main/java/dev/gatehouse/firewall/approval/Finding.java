package dev.gatehouse.firewall.approval;

/**
 * One thing the analysis found in a statement, in words for the people who decide about it.
 *
 * @param about what sort of thing
 * @param text what it is; names in it are the statement's or the catalog's own, and so not to be trusted with anything
 */
public record Finding(About about, String text) {

    /** The sorts of thing, in the order in which they are shown. */
    public enum About {
        /** What a reviewer must know before all else: that not everything is known. */
        WARNING,
        /** A command. */
        STATEMENT,
        /** The transaction it runs in. */
        TRANSACTION,
        /** A table that is read. */
        READS,
        /** A table that is written. */
        WRITES,
        /** A column, and what its values are used for. */
        USES,
        /** A function that is called. */
        CALLS,
        /** Anything else it does. */
        DOES,
        /** A column of the result, where it comes from and how it is shown. */
        RESULT
    }
}
