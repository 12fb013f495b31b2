package dev.gatehouse.analyzer.lineage;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the names in a statement stand for, by its dialect and by the catalog as its session sees it. */
public interface Vocabulary {

    /** The dialect's rules of names. */
    Rules rules();

    /**
     * The relation of a name.
     *
     * @param name its parts as written, the last being the relation's own
     * @return null when it is not known
     */
    @Nullable
    Expansion relation(List<String> name);

    /**
     * The tables that hold rows of a table besides itself: its partitions and what inherits from it, at any depth.
     *
     * @param added whether it is asked where new rows go, which is to partitions alone
     */
    Set<Table> below(Table table, boolean added);

    /**
     * The columns whose values decide whether a value can be put into a column: those of its constraints.
     *
     * @param added whether it is that of a new row
     */
    Set<Column> comparedWith(Column written, boolean added);

    /** The columns whose values decide whether a row of a table can be removed: those that refer to it. */
    Set<Column> comparedWithout(Table removed);

    /** Stands for a relation that is not known. */
    Table unknown(List<String> name);

    /** The table of a name that is about to be made. */
    Table made(List<String> name);

    /** The function of a name. */
    Routine routine(List<String> name);

    /** Whether a field's name may be that of a function instead, which is then called with the row: {@code (row).name}. */
    boolean mayBeCalled(String field);

    /** Whether there is a catalog; without one every function is unknown, which says nothing of any. */
    boolean hasCatalog();

    /**
     * What a setting decides about the reading of later statements.
     *
     * @param name the setting; empty when the text does not tell
     */
    Set<Change> changes(Optional<String> name);
}
