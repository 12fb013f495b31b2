package dev.gatehouse.analyzer.verb;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.analyzer.verb.Synopsis.Form;
import dev.gatehouse.analyzer.verb.Synopsis.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Reads names, literals and the like as PostgreSQL's grammar has them, and says them to a {@link Draft}. */
final class Wording {

    private static final Set<String> ROLE_WORDS = Set.of("current_user", "session_user", "current_role");
    private static final Set<String> CALLED = Set.of("FUNCTION", "ROUTINE", "AGGREGATE", "TYPE");
    private static final String UNWRITTEN = "NAMED ";

    private final Cursor cursor;
    private final Draft draft;
    private final Passages passages;

    Wording(Cursor cursor, Draft draft) {
        this.cursor = cursor;
        this.draft = draft;
        this.passages = new Passages(cursor);
    }

    boolean read(Form form) {
        return switch (form) {
            case NAME -> skip(columnName());
            case NONRESERVED -> skip(nonreserved());
            case LABEL -> skip(label());
            case QUALIFIED -> chain(columnName()) != null;
            case STRING -> skip(cursor.peek().sort() == Sort.STRING);
            case NUMBER -> skip(cursor.peek().sort() == Sort.NUMBER);
            case OPERATOR_SIGN -> skip(cursor.peek().sort() == Sort.OPERATOR);
            case EXPRESSION -> evaluates(passages.expression());
            case B_EXPRESSION -> evaluates(passages.plainExpression());
            case FUNCTION_CALL -> evaluates(passages.call());
            case END -> cursor.atEnd();
        };
    }

    private boolean evaluates(@Nullable Passage passage) {
        if (passage != null) {
            draft.part(Deed.EVALUATES, "", passage, "");
        }
        return passage != null;
    }

    /**
     * Reads a column.
     *
     * @param own whether it is one of the command's first relation, and not of the part before
     */
    boolean column(boolean own) {
        if (!columnName()) {
            return false;
        }
        draft.column(identifier(List.of(cursor.next())), own);
        return true;
    }

    /** Reads what a command names or holds. */
    boolean read(Named named) {
        String object = named.object();
        if (object.startsWith(UNWRITTEN)) {
            return say(named, "SETTING", word(object.substring(UNWRITTEN.length())));
        }
        return switch (object) {
            case "EVERYTHING" -> say(named, object, word(object));
            case "ALL" -> say(named, "PRIVILEGE", word(object));
            case "TABLE.COLUMN" -> columnOfTable(named);
            case "", "BLOCK", "STRING" -> text(named);
            case "ROLE" -> role(named);
            case "PRIVILEGE" -> privilege(named);
            case "OPERATOR" -> say(named, object, operator());
            case "QUERY", "RECURSIVE QUERY", "STATEMENT", "ACTION", "EXPLAINABLE", "ANYTHING" ->
                say(named, object, passages.statement(object));
            case "EXPRESSION" -> say(named, object, passages.expression());
            case "PROCEDURE" -> procedure(named);
            default -> say(named, object, chain(CALLED.contains(object) ? nonreserved() : columnName()));
        };
    }

    private boolean role(Named named) {
        boolean there = nonreserved() || cursor.atWord(ROLE_WORDS);
        return there && say(named, named.object(), identifier(List.of(cursor.next())));
    }

    private boolean say(Named named, String object, @Nullable SqlNode node) {
        if (node != null) {
            draft.part(named.deed(), object, node, named.detail());
        }
        return node != null;
    }

    private SqlIdentifier word(String name) {
        return new SqlIdentifier(name.toLowerCase(Locale.ROOT), position(cursor.peek()));
    }

    private boolean columnOfTable(Named named) {
        int mark = cursor.mark();
        List<Token> names = names(columnName());
        if (names.size() < 2) {
            cursor.reset(mark);
            return false;
        }
        draft.part(named.deed(), "TABLE", identifier(names.subList(0, names.size() - 1)), named.detail());
        draft.column(identifier(names.subList(names.size() - 1, names.size())), false);
        return true;
    }

    private boolean text(Named named) {
        Token token = cursor.peek();
        if (token.sort() != Sort.STRING) {
            return false;
        }
        cursor.next();
        return say(named, named.object(), SqlLiteral.createCharString(token.text(), position(token)));
    }

    private boolean privilege(Named named) {
        if (cursor.acceptWords("alter", "system")) {
            return say(named, named.object(), word("alter system"));
        }
        return label() && say(named, named.object(), identifier(List.of(cursor.next())));
    }

    /** A procedure's name; where it runs, its name stays to be read with its arguments. */
    private boolean procedure(Named named) {
        int mark = cursor.mark();
        boolean said = say(named, named.object(), chain(nonreserved()));
        if (said && named.deed() == Deed.RUNS_CODE) {
            cursor.reset(mark);
        }
        return said;
    }

    private @Nullable SqlNode operator() {
        int mark = cursor.mark();
        List<Token> names = new ArrayList<>();
        while (columnName() && cursor.peek(1).isMark(".")) {
            names.add(cursor.next());
            cursor.next();
        }
        if (cursor.peek().sort() != Sort.OPERATOR) {
            cursor.reset(mark);
            return null;
        }
        names.add(cursor.next());
        return identifier(names);
    }

    private @Nullable SqlIdentifier chain(boolean begins) {
        List<Token> names = names(begins);
        return names.isEmpty() ? null : identifier(names);
    }

    private List<Token> names(boolean begins) {
        List<Token> names = new ArrayList<>();
        if (begins) {
            names.add(cursor.next());
            while (cursor.atMark(".")
                    && (cursor.peek(1).sort() == Sort.WORD || cursor.peek(1).sort() == Sort.QUOTED)) {
                cursor.next();
                names.add(cursor.next());
            }
        }
        return names;
    }

    private boolean skip(boolean there) {
        if (there) {
            cursor.next();
        }
        return there;
    }

    private boolean label() {
        return cursor.peek().sort() == Sort.WORD || cursor.peek().sort() == Sort.QUOTED;
    }

    private boolean nonreserved() {
        return cursor.atName();
    }

    private boolean columnName() {
        return cursor.atName() && !cursor.atWord(PgWords.NO_ALIAS);
    }

    private static SqlIdentifier identifier(List<Token> names) {
        List<SqlParserPos> positions = names.stream().map(Wording::position).toList();
        return new SqlIdentifier(names.stream().map(Token::text).toList(), null, positions.get(0), positions);
    }

    private static SqlParserPos position(Token token) {
        return new SqlParserPos(1, token.position());
    }
}
