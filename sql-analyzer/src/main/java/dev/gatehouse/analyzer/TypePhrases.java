package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.Set;

/**
 * Skips the names of types. A type changes how a value looks, not where it comes from, so the canonical text has none; a cast
 * that may cut a value is told by an addition.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype.html">Data Types</a>
 */
final class TypePhrases {

    private static final Set<String> INTERVAL_FIELDS = Set.of("year", "month", "day", "hour", "minute", "second");

    private TypePhrases() {}

    /** Whether a cast to the type that comes next leaves a text as it is. */
    static boolean keeps(Cursor cursor) {
        boolean varying = cursor.atWords("character", "varying");
        Token after = cursor.peek(varying ? 2 : 1);
        boolean plain = varying || cursor.atWord("text") || cursor.atWord("varchar");
        return plain && !after.isMark("(") && !after.isMark(".") && !after.isMark("[") && !after.isWord("array");
    }

    /** Skips a type; throws if there is none. */
    static void skip(Cursor cursor) {
        if (!trySkip(cursor)) {
            throw cursor.unexpected();
        }
    }

    /** Skips a type if one comes next. */
    static boolean trySkip(Cursor cursor) {
        cursor.accept("setof");
        if (!cursor.atName()) {
            return false;
        }
        boolean plain = cursor.peek().sort() == Sort.WORD;
        String first = cursor.next().text();
        if (plain) {
            words(cursor, first);
        }
        while (cursor.atMark(".")) {
            cursor.next();
            if (cursor.peek().sort() != Sort.WORD && cursor.peek().sort() != Sort.QUOTED) {
                return false;
            }
            cursor.next();
        }
        if (!modifiers(cursor)) {
            return false;
        }
        if (plain && (first.equals("timestamp") || first.equals("time"))) {
            zone(cursor);
        }
        if (plain && first.equals("interval")) {
            intervalFields(cursor);
            if (!modifiers(cursor)) {
                return false;
            }
        }
        if (cursor.peek().isOperator("%") && cursor.peek(1).isWord("type")) {
            cursor.next();
            cursor.next();
        }
        return arrays(cursor);
    }

    private static void words(Cursor cursor, String first) {
        switch (first) {
            case "double" -> cursor.accept("precision");
            case "character", "char", "bit", "nchar" -> cursor.accept("varying");
            case "national" -> {
                cursor.next();
                cursor.accept("varying");
            }
            default -> {}
        }
    }

    private static void zone(Cursor cursor) {
        if (!cursor.acceptWords("with", "time", "zone")) {
            cursor.acceptWords("without", "time", "zone");
        }
    }

    /** Skips {@code day to second(3)}. */
    static void intervalFields(Cursor cursor) {
        if (cursor.atWord(INTERVAL_FIELDS)) {
            cursor.next();
            if (cursor.accept("to")) {
                cursor.next();
            }
        }
    }

    /** Skips {@code (10, 2)}: numbers, strings and words, never an expression. */
    static boolean modifiers(Cursor cursor) {
        if (!cursor.atMark("(")) {
            return true;
        }
        Cursor inside = cursor.parentheses();
        while (!inside.atEnd()) {
            Token token = inside.next();
            boolean harmless = token.sort() == Sort.NUMBER
                    || token.sort() == Sort.STRING
                    || token.sort() == Sort.WORD
                    || token.isMark(",")
                    || token.isOperator("-");
            if (!harmless) {
                return false;
            }
        }
        return true;
    }

    private static boolean arrays(Cursor cursor) {
        if (cursor.atWord("array")) {
            cursor.next();
            if (!cursor.atMark("[")) {
                return true;
            }
        }
        while (cursor.atMark("[")) {
            int size = cursor.peek(1).sort() == Sort.NUMBER ? 1 : 0;
            if (!cursor.peek(1 + size).isMark("]")) {
                return false;
            }
            cursor.skipParentheses();
        }
        return true;
    }
}
