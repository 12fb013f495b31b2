package dev.gatehouse.analyzer;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one statement of a text, with the layer that found it out.
 *
 * @param analysis understood, then of exactly one command; or opaque
 * @param layer who read it; empty when nobody did
 * @param bare the tables that need no schema: the text names them so, or the search path finds them
 */
public record StatementAccount(Analysis analysis, Optional<Layer> layer, Set<Table> bare) {

    public StatementAccount {
        bare = Set.copyOf(bare);
    }

    static StatementAccount of(Command command, Layer layer, Set<Table> bare) {
        return new StatementAccount(new Analysis.Understood(List.of(command)), Optional.of(layer), bare);
    }

    /** Of a statement that nobody understood. */
    public static StatementAccount opaque(String reason, int position) {
        return new StatementAccount(new Analysis.Opaque(reason, position), Optional.empty(), Set.of());
    }
}
