package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lineage.Findings;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.analyzer.tree.Span;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.analyzer.tree.Verb.Trait;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Access;
import dev.gatehouse.firewall.statement.Effect.Code;
import dev.gatehouse.firewall.statement.Effect.Definition;
import dev.gatehouse.firewall.statement.Effect.Reach;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Naming;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Turns what a {@link Verb} says into effects: the one place where that is done. */
final class VerbAccount {

    private static final Set<String> DEFINING =
            Set.of("CREATE", "ALTER", "DROP", "COMMENT", "SECURITY", "IMPORT", "RENAME");
    private static final Set<String> OF_THE_SESSION = Set.of("COLUMN", "CURSOR", "PREPARED STATEMENT");

    private final Verb verb;
    private final Job job;
    private final Findings findings;
    private final VerbTables tables;
    private final VerbExpressions expressions;
    private final VerbValues values;
    private boolean limited = true;
    /** The statement that this one runs, or gives a name. */
    private @Nullable Command inner;

    private VerbAccount(Verb verb, Job job) {
        this.verb = verb;
        this.job = job;
        this.findings = job.findings;
        this.tables = new VerbTables(verb, job);
        this.expressions = new VerbExpressions(verb, job);
        this.values = new VerbValues(job);
    }

    /** The command a verb is. */
    static Command of(Verb verb, Job job) {
        return new VerbAccount(verb, job).command();
    }

    private Command command() {
        traits();
        verb.parts().forEach(this::part);
        grants();
        if (verb.verb().equals("COPY")) {
            findings.kind(VerbKinds.direction(verb));
        }
        Optional<Naming> naming = VerbNaming.of(verb, inner, findings.isComplete());
        if (verb.parts(Deed.RUNS_CODE).anyMatch(VerbAccount::isPrepared)) {
            findings.incomplete();
        }
        Command command = job.command(VerbKinds.of(verb), output(), limited);
        return naming.map(command::naming).orElse(command);
    }

    private boolean isSetFor() {
        return verb.verb().equals("SET") && verb.object().equals("STATEMENT");
    }

    /** Whether its rows are those of the statement inside it. */
    private boolean passesRows() {
        boolean reads = verb.parts(Deed.READS).anyMatch(VerbTables::isHandler);
        return isSetFor() || reads || verb.object().equals("IMMEDIATE");
    }

    /** Whether it runs what its session has prepared, which only who follows the session can know. */
    private static boolean isPrepared(Part part) {
        return part.object().equals("PREPARED");
    }

    private void traits() {
        if (verb.is(Trait.TOUCHES_MORE)) {
            findings.incomplete();
        }
        if (verb.is(Trait.CHANGES_CATALOG) || DEFINING.contains(verb.verb())) {
            findings.change(Change.CATALOG);
        }
        if (verb.is(Trait.CHANGES_CURSOR)) {
            findings.change(Change.CURSOR);
        }
        if (verb.is(Trait.RENAMES)) {
            findings.kind(Kind.RENAME);
        }
        if (verb.is(Trait.RENAMES) && verb.object().equals("SCHEMA")) {
            // All tables in it get names that policy does not know.
            findings.incomplete();
        }
        if (verb.is(Trait.ANALYZES)) {
            findings.kind(Kind.ANALYZE);
        }
    }

    private Optional<List<Output>> output() {
        if (inner != null && passesRows()) {
            return inner.output();
        }
        if (verb.is(Trait.ROWS_UNTOLD)) {
            return Optional.empty();
        }
        if (verb.is(Trait.ROWS_OF_OBJECTS)) {
            return Optional.of(List.of(Output.OF_OBJECTS));
        }
        List<String> columns = verb.columns().isEmpty()
                ? verb.parts(Deed.SHOWS)
                        .map(part -> String.join(".", part.name()))
                        .toList()
                : verb.columns();
        if (inner != null && verb.verb().equals("EXPLAIN") && job.scope.dialect() == Dialect.POSTGRESQL) {
            return Optional.of(VerbExplained.rows(columns, inner, job.tokens()));
        }
        return Optional.of(
                columns.stream().map(name -> new Output(name, Set.of(), true)).toList());
    }

    private void part(Part part) {
        switch (part.deed()) {
            case READS -> reads(part);
            case WRITES -> tables.writes(part);
            case CREATES -> defines(part, Definition.CREATED);
            case ALTERS -> defines(part, Definition.ALTERED);
            case DROPS -> defines(part, Definition.DROPPED);
            case LOCKS -> tables.locks(part);
            case CALLS -> calls(part);
            case SETS -> sets(part);
            case RUNS, CARRIES -> inner(part);
            case EVALUATES -> evaluates(part);
            case READS_FILE -> findings.add(new Effect.Files(Access.READ, text(part), position(part)));
            case WRITES_FILE -> findings.add(new Effect.Files(Access.WRITTEN, text(part), position(part)));
            case RUNS_PROGRAM -> runsProgram(part);
            case RUNS_CODE -> runsCode(part);
            case HOLDS_CODE -> findings.add(new Effect.Runs(Code.BODY, Optional.empty(), position(part)));
            case CONNECTS -> findings.add(new Effect.Connects(name(part), position(part)));
            case NAMES, SHOWS, GRANTS, REVOKES, GRANTEE -> {}
        }
    }

    private void reads(Part part) {
        if (VerbTables.isHandler(part)) {
            inner = VerbHandler.rows(verb, part, job);
        } else if (!VerbHandler.isAlias(part, job)) {
            tables.reads(part);
        }
    }

    private void evaluates(Part part) {
        if (part.node() instanceof Passage && job.scope.dialect() == Dialect.POSTGRESQL) {
            expressions.read(part, false);
        } else {
            values.read(part.node());
            if (verb.verb().equals("SHOW")) {
                values.shown(part.node(), verb.is(Trait.ROWS_OF_OBJECTS));
            }
        }
    }

    private void defines(Part part, Definition change) {
        if (OF_THE_SESSION.contains(part.object())) {
            return;
        }
        String object = part.object().toLowerCase(Locale.ROOT);
        String name = String.join(".", part.name());
        findings.add(
                new Effect.Defines(change, object, object.equals(Scope.HANDLER) ? lower(name) : name, position(part)));
        if (VerbTables.isRelation(part)) {
            boolean made = change == Definition.CREATED;
            Table table = made ? tables.made(part) : tables.table(part);
            findings.writes(table, position(part));
            if (change == Definition.ALTERED) {
                tables.forms(table, position(part));
            }
            Temporaries.defined(verb, part, change, table, job);
        }
        tables.indexed(part);
    }

    private void calls(Part part) {
        List<String> names = part.name();
        String name = names.get(names.size() - 1);
        String schema = names.size() > 1 ? names.get(names.size() - 2) : null;
        boolean plain = schema == null || schema.equals("pg_catalog");
        boolean own = job.snapshot.isBuiltIn(schema, name);
        findings.add(new Effect.Calls(
                plain ? name : String.join(".", names), job.snapshot.volatility(schema, name), own, position(part)));
        if (!own) {
            findings.incomplete();
        }
    }

    private void sets(Part part) {
        boolean all = part.object().equals("EVERYTHING");
        String name = String.join(".", part.name());
        Reach reach = reach(part.detail());
        findings.add(new Effect.Sets(all ? Optional.empty() : Optional.of(lower(name)), reach, position(part)));
        if (all) {
            findings.change(Change.LEXING);
            findings.change(Change.SEARCH_PATH);
        } else if (reach != Reach.VARIABLE) {
            Settings.change(part.object().equals("DATABASE") ? "database" : name)
                    .ifPresent(findings::change);
        }
    }

    private static Reach reach(String span) {
        return switch (span.isEmpty() ? Span.SESSION : Span.valueOf(span)) {
            case TRANSACTION, STATEMENT -> Reach.TRANSACTION;
            case SESSION -> Reach.SESSION;
            case GLOBAL, LASTING -> Reach.GLOBAL;
            case VARIABLE -> Reach.VARIABLE;
        };
    }

    private void inner(Part part) {
        if (part.object().equals("EXPRESSION")) {
            expressions.read(part, true);
            return;
        }
        boolean recursive = part.object().equals("RECURSIVE QUERY");
        Command inside = recursive ? job.inner(expressions.recursive((Passage) part.node())) : job.inner(part.node());
        job.adopt(inside, part.deed() == Deed.CARRIES);
        inner = inside;
        if (part.deed() == Deed.RUNS) {
            limited = inside.limited();
        }
    }

    private void runsProgram(Part part) {
        findings.add(new Effect.Files(Access.RUN, text(part), position(part)));
        findings.incomplete();
    }

    private void runsCode(Part part) {
        Code code =
                switch (part.object()) {
                    case "BLOCK" -> Code.BLOCK;
                    case "PREPARED" -> Code.PREPARED;
                    default -> Code.ROUTINE;
                };
        findings.add(new Effect.Runs(code, code == Code.BLOCK ? Optional.empty() : name(part), position(part)));
        if (code != Code.PREPARED) {
            findings.incomplete();
        }
        if (code == Code.BLOCK) {
            values.read(part.node());
        }
    }

    private void grants() {
        boolean given = verb.parts(Deed.GRANTS).findAny().isPresent();
        Deed deed = given ? Deed.GRANTS : Deed.REVOKES;
        List<String> privileges = verb.parts(deed).map(VerbAccount::lower).toList();
        if (privileges.isEmpty()) {
            return;
        }
        List<Part> objects = verb.parts(Deed.ALTERS).toList();
        String object = objects.isEmpty() ? "" : lower(objects.get(0).object());
        findings.add(new Effect.Grants(
                given,
                privileges,
                object,
                objects.stream().map(part -> String.join(".", part.name())).toList(),
                verb.parts(Deed.GRANTEE).map(VerbAccount::lower).toList(),
                verb.parts(deed).findFirst().map(VerbAccount::position).orElse(0)));
    }

    private static Optional<String> name(Part part) {
        String name = String.join(".", part.name());
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** What a literal says. */
    private static Optional<String> text(Part part) {
        SqlNode node = part.node();
        return node instanceof SqlLiteral literal ? Optional.ofNullable(literal.toValue()) : Optional.empty();
    }

    private static String lower(Part part) {
        return lower(String.join(".", part.name()));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static int position(Part part) {
        return part.node().getParserPosition().getColumnNum();
    }
}
