package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.lineage.Findings;
import dev.gatehouse.analyzer.lineage.Lineage;
import dev.gatehouse.analyzer.lineage.Mode;
import dev.gatehouse.analyzer.lineage.Outcome;
import dev.gatehouse.analyzer.lineage.Rowset;
import dev.gatehouse.analyzer.lineage.Rowset.Field;
import dev.gatehouse.analyzer.lineage.Vocabulary;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/** The reading of one command: its tokens, what they are read under, and what was found so far. */
final class Job {

    final Cursor cursor;
    final Snapshot snapshot;
    final Scope scope;
    final Findings findings = new Findings();
    final Names names;

    private final List<Token> tokens;
    private final int position;
    private Layer layer = Layer.CALCITE;

    /**
     * Begins with a command.
     *
     * @param tokens its tokens and the end
     */
    Job(List<Token> tokens, Snapshot snapshot, Scope scope) {
        this.tokens = tokens;
        this.cursor = new Cursor(tokens);
        this.snapshot = snapshot;
        this.scope = scope;
        this.position = tokens.get(0).position();
        this.names = new Names(snapshot, scope, findings);
    }

    /** Says who reads the command. */
    void layer(Layer reader) {
        layer = reader;
    }

    Layer layer() {
        return layer;
    }

    /** The command's text, and its end. */
    List<Token> tokens() {
        return tokens;
    }

    /** The command, once all is found. */
    Command command(Kind verb, Optional<List<Output>> output, boolean limited) {
        Set<Kind> kinds = EnumSet.of(verb);
        kinds.addAll(findings.kinds());
        return new Command(
                verb,
                kinds,
                findings.effects(),
                findings.where(),
                limited,
                output,
                findings.isComplete(),
                position,
                findings.changes());
    }

    /** A command that gives no rows. */
    Command silent(Kind verb) {
        return command(verb, Optional.of(List.of()), true);
    }

    /** A query or a command that writes. */
    Command query() {
        return query(tokens);
    }

    private Command query(List<Token> read) {
        SqlNode tree = TreeReader.read(read, scope.modes());
        layer = Layer.CALCITE;
        Outcome outcome = Lineage.statement(tree, vocabulary(), findings, Mode.RESULT);
        return command(outcome.verb(), output(outcome.rows()), outcome.limited());
    }

    /** What names mean here. */
    Vocabulary vocabulary() {
        return scope.modes() instanceof Modes.MySql modes
                ? new MySqlVocabulary(snapshot, scope, modes)
                : new PgVocabulary(snapshot, scope);
    }

    private static Optional<List<Output>> output(Rowset rows) {
        if (rows.open()) {
            return Optional.empty();
        }
        return Optional.of(rows.fields().stream().map(Job::output).toList());
    }

    private static Output output(Field field) {
        return new Output(
                field.name().equals(Rowset.UNNAMED) ? "?column?" : field.name(),
                field.trace().columns(),
                field.trace().accounted(),
                field.trace().whole(),
                List.copyOf(field.trace().path()));
    }

    /** A command of MySQL's. */
    Command command(SqlNode node) {
        if (node instanceof Verb verb) {
            layer = Layer.VERB;
            return VerbAccount.of(verb, this);
        }
        if (node instanceof Passage passage) {
            return query(passage.tokens().all());
        }
        throw new Unreadable("a command of an unknown form", position);
    }

    /** Another command inside this one that was read already. */
    Command inner(SqlNode node) {
        if (node instanceof Passage passage) {
            return inner(passage.tokens());
        }
        Job job = new Job(tokens, snapshot, scope);
        Command command = job.command(node);
        if (job.findings.isExact()) {
            findings.exact();
        }
        if (job.findings.isMissingNames()) {
            findings.missing();
        }
        return command;
    }

    /** Another command inside this one, from here to the end. */
    Command inner(Cursor rest) {
        List<Token> inside = rest.all();
        return CommandReader.read(inside, snapshot, scope, findings::exact, findings::missing);
    }

    /**
     * Takes over what an inner command does.
     *
     * @param carried whether its rows go where they cannot be masked
     */
    void adopt(Command inner, boolean carried) {
        inner.kinds().forEach(findings::kind);
        inner.changes().forEach(findings::change);
        findings.where(inner.where());
        if (!inner.complete()) {
            findings.incomplete();
        }
        for (Effect effect : inner.effects()) {
            boolean result = effect instanceof Effect.Uses uses && uses.use() == Effect.Use.RESULT;
            if (carried && result) {
                Effect.Uses uses = (Effect.Uses) effect;
                findings.uses(uses.column(), Effect.Use.CARRIED, uses.position());
            } else {
                findings.add(effect);
            }
        }
    }
}
