package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Definition;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the temporary tables and views a command may make. From then on, a name that means one of them means something of
 * which nothing is known.
 *
 * <p>PostgreSQL looks for an unqualified name among them before it looks anywhere else; none is taken for gone, for a
 * transaction may bring it back. In MySQL and MariaDB a temporary table hides the table of its database that has its name,
 * from qualified names too, until it is dropped, and no transaction brings it back.
 *
 * <p>One that is made inside a routine cannot be seen. After a command whose doing is not seen, names in the same text mean
 * nothing that is known; whoever follows the session asks the server for what it can tell, and that is not this. So a name
 * may later be taken for a table that is hidden by such a temporary one. What does that let through?
 *
 * <ul>
 *   <li>Not the hidden table's values: they are not what is read.
 *   <li>Values the temporary table holds, without a mask that belongs to their origin. But these got there by the routine,
 *       which could as well have put them into any other table, or have shown them; whoever allows the call of a routine that
 *       is not known allows that. Put there by commands that are seen, they were carried, and accounted for, then.
 *   <li>Writes that are not what they seem: only to the temporary table, which is the session's own.
 * </ul>
 *
 * <p>The other mistake, to take for temporary what is not, makes a command one of which not all is known.
 */
final class Temporaries {

    private static final Set<String> BEFORE = Set.of("create", "replace", "local", "global", "into");
    private static final Set<String> BETWEEN =
            Set.of("table", "view", "sequence", "recursive", "if", "not", "exists", "temp", "temporary");

    /** The detail of a part that names a new temporary table of MySQL's. */
    private static final String MADE = "TEMPORARY";

    private Temporaries() {}

    /** The command, with what it makes for its session alone. */
    static Command noted(Command command, List<Token> tokens, Scope scope) {
        if (scope.dialect() == Dialect.MYSQL) {
            return command;
        }
        List<Effect> effects = new ArrayList<>(command.effects());
        for (int i = 0; i + 1 < tokens.size(); i++) {
            int name = place(tokens, i, scope);
            if (name >= 0) {
                Token token = tokens.get(name);
                effects.add(new Effect.Defines(
                        Definition.CREATED, Scope.TEMPORARY_RELATION, token.text(), token.position()));
            }
        }
        return effects.size() == command.effects().size()
                ? command
                : new Command(
                        command.verb(),
                        command.kinds(),
                        effects,
                        command.where(),
                        command.limited(),
                        command.output(),
                        command.complete(),
                        command.position(),
                        command.changes(),
                        command.naming());
    }

    /** Notes what a part of a MySQL command does to temporary tables: a new name of a table may be that of one. */
    static void defined(Verb verb, Part part, Definition change, Table table, Job job) {
        if (job.scope.dialect() != Dialect.MYSQL) {
            return;
        }
        boolean renamed = verb.verb().equals("RENAME") || verb.is(Verb.Trait.RENAMES);
        boolean made = part.detail().equals(MADE) || (renamed && job.scope.hasTemporaries());
        boolean gone = change == Definition.DROPPED && job.scope.mayBeTemporary(table);
        if ((change == Definition.CREATED && made) || gone) {
            job.findings.add(new Effect.Defines(
                    change, Scope.TEMPORARY_RELATION, job.scope.temporary(table), VerbAccount.position(part)));
        }
    }

    /** Where the name stands that a token leads to; -1 for none. */
    private static int place(List<Token> tokens, int i, Scope scope) {
        Token token = tokens.get(i);
        boolean named = token.sort() == Sort.WORD || token.sort() == Sort.QUOTED;
        if (named && token.text().startsWith("pg_temp") && tokens.get(i + 1).isMark(".")) {
            return nameAt(tokens, i + 2);
        }
        boolean follows = i > 0 && tokens.get(i - 1).sort() == Sort.WORD;
        if (follows
                && (token.isWord("temp") || token.isWord("temporary"))
                && BEFORE.contains(tokens.get(i - 1).text())) {
            int at = i + 1;
            while (tokens.get(at).sort() == Sort.WORD
                    && BETWEEN.contains(tokens.get(at).text())) {
                at++;
            }
            return nameAt(tokens, at);
        }
        // Only a temporary table becomes one by another name.
        boolean renames = token.isWord("rename") && tokens.get(i + 1).isWord("to");
        return renames && scope.hasTemporaries() ? nameAt(tokens, i + 2) : -1;
    }

    private static int nameAt(List<Token> tokens, int at) {
        boolean qualified = at + 2 < tokens.size() && tokens.get(at + 1).isMark(".");
        int name = qualified ? at + 2 : at;
        boolean named = name < tokens.size()
                && (tokens.get(name).sort() == Sort.WORD || tokens.get(name).sort() == Sort.QUOTED);
        return named ? name : -1;
    }
}
