package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Definition;
import dev.gatehouse.firewall.statement.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the temporary tables and views a command may make. PostgreSQL looks for an unqualified name among them before it
 * looks anywhere else, so from then on such a name may mean one of them, of which nothing is known.
 */
final class Temporaries {

    private static final Set<String> BEFORE = Set.of("create", "replace", "local", "global", "into");
    private static final Set<String> BETWEEN =
            Set.of("table", "view", "sequence", "recursive", "if", "not", "exists", "temp", "temporary");

    private Temporaries() {}

    /** The command, with what it makes for its session alone. */
    static Command noted(Command command, List<Token> tokens, Scope scope) {
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
