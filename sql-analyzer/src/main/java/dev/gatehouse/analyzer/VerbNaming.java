package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Naming;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a command does with the names of its session's statements and cursors. */
final class VerbNaming {

    private VerbNaming() {}

    /**
     * What a command does with such a name; empty when it has to do with none.
     *
     * @param inner the statement inside it; null where there is none
     * @param known whether everything is known but what a prepared statement would add
     */
    static Optional<Naming> of(Verb verb, @Nullable Command inner, boolean known) {
        Optional<Naming> executes =
                name(verb, Deed.RUNS_CODE, "PREPARED").map(name -> new Naming.Executes(name, known));
        if (executes.isPresent()) {
            return executes;
        }
        Optional<Naming> naming =
                switch (verb.verb()) {
                    case "PREPARE" ->
                        inner == null
                                ? Optional.empty()
                                : name(verb, Deed.CREATES, "PREPARED STATEMENT")
                                        .map(name -> new Naming.Prepares(name, inner));
                    case "DECLARE" ->
                        inner == null
                                ? Optional.empty()
                                : part(verb, Deed.CREATES, "CURSOR")
                                        .map(part -> new Naming.Declares(
                                                name(part), inner, part.detail().equals("HELD")));
                    case "FETCH", "MOVE" -> name(verb, Deed.NAMES, "CURSOR").map(Naming.Fetches::new);
                    case "CLOSE" -> Optional.of(new Naming.Closes(name(verb, Deed.NAMES, "CURSOR")));
                    case "DEALLOCATE" ->
                        Optional.of(new Naming.Deallocates(name(verb, Deed.NAMES, "PREPARED STATEMENT")
                                .or(() -> name(verb, Deed.DROPS, "PREPARED STATEMENT"))));
                    case "DISCARD" -> verb.parts(Deed.SETS).findAny().map(part -> new Naming.Discards());
                    default -> Optional.empty();
                };
        return naming.isPresent() || inner == null ? naming : inner.naming().filter(Naming.Executes.class::isInstance);
    }

    private static Optional<String> name(Verb verb, Deed deed, String object) {
        return part(verb, deed, object).map(VerbNaming::name);
    }

    private static Optional<Part> part(Verb verb, Deed deed, String object) {
        return verb.parts(deed).filter(part -> part.object().equals(object)).findFirst();
    }

    private static String name(Part part) {
        return String.join(".", part.name());
    }
}
