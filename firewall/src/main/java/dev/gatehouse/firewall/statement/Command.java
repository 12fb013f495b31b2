package dev.gatehouse.firewall.statement;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One SQL command, understood.
 *
 * @param verb the command's own kind, the one its verb says
 * @param kinds every kind it contains anywhere, {@code verb} among them
 * @param effects what it does, in the order of the text
 * @param where what restricts an UPDATE or DELETE in it; the worst of several
 * @param limited whether a SELECT in it has a LIMIT or FETCH FIRST; true for commands without rows
 * @param output the result's columns; empty optional when the command returns rows that the text does not tell of (a
 *     FETCH), an empty list when it returns none
 * @param complete whether {@code effects} is everything: false where a table or a function's body is not known. Block and
 *     approve conditions on tables, columns and functions then match, allow conditions on them do not
 * @param position 1-based character offset of the command in the whole text
 * @param changes what it changes about how later statements are to be read
 * @param naming what it does with a name that only its session knows; it stands for more than this command then
 */
public record Command(
        Kind verb,
        Set<Kind> kinds,
        List<Effect> effects,
        Where where,
        boolean limited,
        Optional<List<Output>> output,
        boolean complete,
        int position,
        Set<Change> changes,
        Optional<Naming> naming) {

    public Command {
        kinds = Set.copyOf(kinds);
        effects = List.copyOf(effects);
        output = output.map(List::copyOf);
        changes = Set.copyOf(changes);
    }

    /** A command that has to do with no name of its session's. */
    public Command(
            Kind verb,
            Set<Kind> kinds,
            List<Effect> effects,
            Where where,
            boolean limited,
            Optional<List<Output>> output,
            boolean complete,
            int position,
            Set<Change> changes) {
        this(verb, kinds, effects, where, limited, output, complete, position, changes, Optional.empty());
    }

    /** This command, which does that with a name of its session's. */
    public Command naming(Naming what) {
        return new Command(
                verb, kinds, effects, where, limited, output, complete, position, changes, Optional.of(what));
    }

    /** Whether it is not certain to change nothing. */
    public boolean mayWrite() {
        if (!complete) {
            return true;
        }
        for (Kind kind : kinds) {
            switch (kind.statementClass()) {
                case WRITE, DDL, UNKNOWN -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    /** What restricts the rows an UPDATE or DELETE touches. */
    public enum Where {
        /** The command has nothing to restrict. */
        NOT_APPLICABLE,
        /** A condition that depends on a column. */
        PRESENT,
        /** No condition. */
        MISSING,
        /** A condition that no row can fail, as far as the text alone shows. */
        ALWAYS_TRUE
    }

    /** Settings a command may change. */
    public enum Change {
        /** The search path, directly or by changing the role. */
        SEARCH_PATH,
        /** How text is cut into tokens: {@code standard_conforming_strings}, {@code sql_mode}, the client encoding. */
        LEXING,
        /** What the name of a cursor, which is the name of a portal, stands for. */
        CURSOR,
        /** Tables, columns or views: the catalog is stale once it has run. */
        CATALOG
    }
}
