package dev.gatehouse.analyzer;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one statement of a text, with the layer that found it out.
 *
 * @param analysis understood, then of exactly one command; or opaque
 * @param layer who read it; empty when nobody did
 */
public record StatementAccount(Analysis analysis, Optional<Layer> layer) {

    static StatementAccount of(Command command, Layer layer) {
        return new StatementAccount(new Analysis.Understood(List.of(command)), Optional.of(layer));
    }

    /** Of a statement that nobody understood. */
    public static StatementAccount opaque(String reason, int position) {
        return new StatementAccount(new Analysis.Opaque(reason, position), Optional.empty());
    }
}
