package dev.gatehouse.firewall.statement;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads SQL. Never throws: what it does not understand is {@link Analysis.Opaque}. Safe for use by many threads. */
public interface Analyzer {

    /**
     * The analysis of this text, or of one that differs only in literals, if it is at hand. Cheap enough for an event
     * loop and free of allocation. Its positions may be those of the other text, see {@link #analyze}.
     *
     * @param sql the text's bytes in UTF-8, without a terminating zero; lent
     * @param length how many of them
     */
    @Nullable
    Analysis recall(byte[] sql, int length, Scope scope);

    /**
     * Analyzes this very text, on threads of its own; positions are exact.
     *
     * @param sql the text's bytes in UTF-8; the callee keeps them
     * @return completes on any thread, never exceptionally
     */
    CompletionStage<Analysis> analyze(byte[] sql, Scope scope);

    /**
     * As {@link #analyze}, but against what is known of the catalog at this moment, even where it has changed since: for
     * whom it does not matter what a name means.
     */
    CompletionStage<Analysis> analyzeAtOnce(byte[] sql, Scope scope);

    /**
     * The constants that are written in a text, in its order: strings as they mean, numbers as they are written, and NULL where
     * it is given as a value.
     *
     * @param sql the text's bytes in UTF-8, without a terminating zero; lent
     * @param length how many of them
     * @return empty where the text cannot be read
     */
    Optional<List<Parameter>> constants(byte[] sql, int length, Scope scope);
}
