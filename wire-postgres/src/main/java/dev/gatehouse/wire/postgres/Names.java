package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Naming;
import dev.gatehouse.wire.postgres.Meanings.Change;
import dev.gatehouse.wire.postgres.Meanings.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names of a session: its prepared statements and its portals, whether messages or commands of SQL make them. Lives on
 * the session's loop.
 */
final class Names {

    /**
     * What one command of a statement under way does with names.
     *
     * @param command which of the statement's commands it is
     */
    record Step(int command, List<Change<Prepared>> statements, List<Change<Portal>> portals) {}

    final Meanings<Prepared> statements = new Meanings<>();
    final Meanings<Portal> portals = new Meanings<>();

    private final Runnable settled;
    /** Which messages the next one belongs to; see {@link Meanings}. */
    private int segment;
    /** How often code has run that may have given names other meanings. */
    private int doubts;
    /** Whether a message waits for a name's meaning to become certain. */
    private boolean awaited;

    /** @param settled told when a message that waits for a name's meaning may be looked at again */
    Names(Runnable settled) {
        this.settled = settled;
    }

    int segment() {
        return segment;
    }

    int doubts() {
        return doubts;
    }

    /** Notes that a Sync or a simple query is sent; answers the segment that ends with it. */
    int endSegment() {
        return segment++;
    }

    /** Notes that code runs which may give names other meanings. */
    void doubt() {
        doubts++;
    }

    /** What a statement's name stands for; where that is not certain, the message must wait. */
    Sight<Prepared> statement(String name) {
        return noted(statements.find(name, segment));
    }

    /** What a portal's name stands for; where that is not certain, the message must wait. */
    Sight<Portal> portal(String name) {
        Sight<Portal> sight = noted(portals.find(name, segment));
        Portal portal = sight.meaning();
        return portal != null && portal.doubts != doubts ? new Sight<>(null, sight.certain()) : sight;
    }

    /** The portals that execute a prepared statement whose name may stand for another one by now. */
    List<String> swapped() {
        return portals.names(portal -> portal.resolved().executed().stream()
                .anyMatch(known -> statements.find(known.name, segment).meaning() != known));
    }

    private <T> Sight<T> noted(Sight<T> sight) {
        awaited |= !sight.certain();
        return sight;
    }

    /** Notes that a statement is sent which may do something with names; answers what, for when that has happened. */
    List<Step> sent(Portal running) {
        List<Command> commands = running.commands();
        List<Step> steps = List.of();
        for (int i = 0; i < commands.size(); i++) {
            Optional<Naming> naming = commands.get(i).naming();
            if (naming.isPresent()) {
                Step step = step(i, naming.get(), running);
                if (steps.isEmpty()) {
                    steps = new ArrayList<>(1);
                }
                steps.add(step);
            }
        }
        return steps;
    }

    private Step step(int command, Naming naming, Portal running) {
        List<Change<Prepared>> prepared = List.of();
        List<Change<Portal>> cursors = List.of();
        if (naming instanceof Naming.Prepares prepares) {
            Prepared made =
                    Prepared.inSql(prepares.name(), running.prepared.sql, command, running.prepared.modes, doubts);
            prepared = List.of(statements.change(prepares.name(), made, segment));
        } else if (naming instanceof Naming.Deallocates ends) {
            prepared = ends.name()
                    .map(name -> List.of(statements.change(name, null, segment)))
                    .orElseGet(() -> statements.clear(Names::isNamed, segment));
        } else if (naming instanceof Naming.Declares declares) {
            Portal made = running.cursor(declares.name(), declares.query(), declares.held(), doubts);
            cursors = List.of(portals.change(declares.name(), made, segment));
        } else if (naming instanceof Naming.Closes ends) {
            cursors = ends.name()
                    .map(name -> List.of(portals.change(name, null, segment)))
                    .orElseGet(() -> portals.clear(name -> true, segment));
        } else if (naming instanceof Naming.Discards) {
            prepared = statements.clear(Names::isNamed, segment);
            cursors = portals.clear(name -> true, segment);
        }
        return new Step(command, prepared, cursors);
    }

    /** The unnamed statement stays when all others are dropped. */
    private static boolean isNamed(String name) {
        return !name.isEmpty();
    }

    /** The server has made a change. */
    <T> void confirm(Meanings<T> meanings, Change<T> change) {
        meanings.confirm(change);
        settled();
    }

    /** The server has not made a change. */
    <T> void undo(Meanings<T> meanings, Change<T> change) {
        meanings.undo(change);
        settled();
    }

    /** A command of a statement has ended well. */
    void made(List<Step> steps, int command) {
        for (Step step : steps) {
            if (step.command() == command) {
                step.statements().forEach(statements::confirm);
                step.portals().forEach(portals::confirm);
                settled();
            }
        }
    }

    /** A statement has ended; what it had not done by this command, it will not do. */
    void left(List<Step> steps, int command) {
        for (Step step : steps) {
            if (step.command() >= command) {
                step.statements().forEach(statements::undo);
                step.portals().forEach(portals::undo);
                settled();
            }
        }
    }

    /** The transaction has ended that a segment was the last of. */
    void transactionEnded(int ended) {
        portals.drop(portal -> !portal.held, ended + 1);
    }

    private void settled() {
        if (awaited) {
            awaited = false;
            settled.run();
        }
    }
}
