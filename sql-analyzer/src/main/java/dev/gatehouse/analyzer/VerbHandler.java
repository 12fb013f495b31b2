package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code HANDLER … READ} as the query that gives the same rows: all columns of the table, of which WHERE and LIMIT
 * leave some out.
 *
 * <p>The name may be one that a HANDLER was opened by, be there a table of that name or not. Where the session is not known,
 * any name may be.
 */
final class VerbHandler {

    private VerbHandler() {}

    /** Whether a part names what a HANDLER was opened by, and not a table. */
    static boolean isAlias(Part part, Job job) {
        List<String> name = part.name();
        return part.detail().equals("OPENED")
                && job.scope.handler(name.get(name.size() - 1)).isPresent();
    }

    /** Takes over what reading does, and tells the query; null where that is not known. */
    static @Nullable Command rows(Verb verb, Part part, Job job) {
        List<String> name = part.name();
        Optional<Table> opened = job.scope.handler(name.get(name.size() - 1));
        boolean unknown = opened.isPresent() && opened.get().schema().equals(Table.UNKNOWN);
        if (unknown || job.scope.searchPath().isEmpty()) {
            job.findings.incomplete();
            return null;
        }
        if (opened.isPresent()) {
            name = List.of(opened.get().schema(), opened.get().name());
        }
        int position = VerbAccount.position(part);
        List<Token> tokens = new ArrayList<>();
        tokens.add(new Token(Sort.WORD, "select", position));
        tokens.add(new Token(Sort.OPERATOR, "*", position));
        tokens.add(new Token(Sort.WORD, "from", position));
        for (int i = 0; i < name.size(); i++) {
            if (i > 0) {
                tokens.add(new Token(Sort.MARK, ".", position));
            }
            tokens.add(new Token(Sort.QUOTED, name.get(i), position));
        }
        opened.ifPresent(table -> tokens.add(new Token(Sort.QUOTED, part.name().get(0), position)));
        tokens.addAll(rest(verb, position, job));
        tokens.add(new Token(Sort.END, "", position));
        Command query = job.inner(new Cursor(tokens));
        job.adopt(query, false);
        if (readsByIndex(job.cursor.all())) {
            // Which columns it is made of is not known: any may decide which rows there are, and their order.
            for (Effect effect : query.effects()) {
                if (effect instanceof Effect.Uses uses && uses.use() == Use.RESULT) {
                    job.findings.uses(uses.column(), Use.PREDICATE, position);
                }
            }
        }
        return query;
    }

    /** Whether rows are read by an index, and not just in their order. In a literal, the command's tokens are not there. */
    private static boolean readsByIndex(List<Token> all) {
        for (int i = 1; i < all.size() - 2; i++) {
            if (all.get(i).isWord("read")) {
                Token next = all.get(i + 1);
                Token behind = all.get(i + 2);
                boolean plain = next.isWord("first") || next.isWord("next");
                boolean ends = behind.sort() == Sort.END
                        || behind.isMark(";")
                        || behind.isWord("where")
                        || behind.isWord("limit");
                return !(plain && ends);
            }
        }
        return true;
    }

    /** WHERE and LIMIT; where the command stands in a literal, its tokens are not there, and WHERE may name any column. */
    private static List<Token> rest(Verb verb, int name, Job job) {
        List<Token> all = job.cursor.all();
        int depth = 0;
        boolean there = false;
        for (int i = 0; i < all.size() - 1; i++) {
            Token token = all.get(i);
            depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
            there |= token.position() == name && token.sort() != Sort.STRING;
            if (there && depth == 0 && (token.isWord("where") || token.isWord("limit"))) {
                return all.subList(i, all.size() - 1);
            }
        }
        if (!there && verb.parts(Deed.EVALUATES).findAny().isPresent()) {
            job.findings.incomplete();
        }
        return List.of();
    }
}
