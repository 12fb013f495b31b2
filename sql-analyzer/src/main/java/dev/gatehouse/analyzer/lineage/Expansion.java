package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;

/**
 * A relation of the catalog, and what reading it amounts to.
 *
 * @param table its name
 * @param rows its columns, each traced to itself and through a view
 * @param effects what a view does besides giving rows; none for a table
 * @param complete whether that is everything
 */
public record Expansion(Table table, Rowset rows, List<Effect> effects, boolean complete) {

    public Expansion {
        effects = List.copyOf(effects);
    }
}
