package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Table;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds the part of a statement that made a rule match. */
final class Culprits {

    private final Tags tags;
    private final String upstream;

    Culprits(Tags tags, String upstream) {
        this.tags = tags;
        this.upstream = upstream;
    }

    /**
     * What was found.
     *
     * @param position where it stands
     * @param verb what is done with it: {@code read}
     * @param detail a sentence that needs no more; empty to make one of the rest
     */
    record Found(
            int position,
            Optional<Table> table,
            String column,
            String function,
            Set<String> tags,
            String verb,
            String detail) {

        static final Found NOTHING = at(0, "");

        static Found at(int position, String detail) {
            return new Found(position, Optional.empty(), "", "", Set.of(), "", detail);
        }

        Ruling.Culprit culprit(Supplier<String> subject) {
            String schema = table.map(Refusals::schema).orElse("");
            String name = table.map(Table::name).orElse("");
            return new Ruling.Culprit(position, schema, name, column, sentence(subject));
        }

        private String sentence(Supplier<String> subject) {
            if (!detail.isEmpty() || table.isEmpty()) {
                return detail;
            }
            String of = Refusals.named(table.get());
            String what = column.isEmpty() ? "Table " + of : "Column " + of + "." + column;
            String classified = tags.isEmpty() ? "" : " is classified " + String.join(", ", tags) + ";";
            return what + (classified.isEmpty() ? ":" : classified) + " " + subject.get() + " may not " + verb + " it.";
        }
    }

    Found find(Rule rule, Command command) {
        Found whole = Found.at(command.position(), "");
        return rule.statement().flatMap(match -> find(match, command)).orElse(whole);
    }

    private Optional<Found> find(StatementMatch match, Command command) {
        for (Effect effect : command.effects()) {
            Optional<Found> found = Optional.empty();
            if (effect instanceof Effect.Uses uses) {
                boolean written = uses.use() == Effect.Use.WRITTEN;
                found = (written ? match.writes() : match.reads()).flatMap(t -> column(t, uses, verb(written)));
            } else if (effect instanceof Effect.Reads reads) {
                found = match.reads().flatMap(t -> table(t, reads.table(), reads.position(), verb(false)));
            } else if (effect instanceof Effect.Writes writes) {
                found = match.writes().flatMap(t -> table(t, writes.table(), writes.position(), verb(true)));
            } else if (effect instanceof Effect.Locks locks && !locks.rows()) {
                found = match.writes().flatMap(t -> table(t, locks.table(), locks.position(), "lock"));
            } else if (effect instanceof Effect.Calls calls && match.names(calls.name())) {
                found = Optional.of(function(calls));
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return match.where().isEmpty() ? Optional.empty() : Optional.of(where(command));
    }

    private static String verb(boolean written) {
        return written ? "write" : "read";
    }

    private Optional<Found> column(Touch touch, Effect.Uses uses, String verb) {
        if (!touch.ofColumns() || touch.column(upstream, uses.column(), tags) == Truth.NO) {
            return Optional.empty();
        }
        return Optional.of(new Found(
                uses.position(),
                Optional.of(uses.column().table()),
                uses.column().name(),
                "",
                tags.of(upstream, uses.column()),
                verb,
                ""));
    }

    private Optional<Found> table(Touch touch, Table table, int position, String verb) {
        if (touch.ofColumns() || touch.table(upstream, table) == Truth.NO) {
            return Optional.empty();
        }
        return Optional.of(new Found(position, Optional.of(table), "", "", Set.of(), verb, ""));
    }

    private static Found function(Effect.Calls calls) {
        String detail = "The statement calls " + calls.name() + ".";
        return new Found(calls.position(), Optional.empty(), "", calls.name(), Set.of(), "", detail);
    }

    private static Found where(Command command) {
        boolean outer = command.verb() == Kind.UPDATE || command.verb() == Kind.DELETE;
        int position = command.position();
        for (Effect effect : command.effects()) {
            if (!outer && effect instanceof Effect.Writes writes) {
                position = writes.position();
                break;
            }
        }
        String detail = command.where() == Command.Where.MISSING
                ? "It has no WHERE."
                : "As far as the text shows, its WHERE is true for every row.";
        return Found.at(position, detail);
    }
}
