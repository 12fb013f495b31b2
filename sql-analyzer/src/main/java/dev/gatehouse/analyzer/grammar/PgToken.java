package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.PgWords;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.io.Serial;
import java.util.Set;

/** A token as the parser sees it: one of the lexer's, with the number the grammar knows it by. */
final class PgToken extends Token {

    @Serial
    private static final long serialVersionUID = 1;

    /** Words that end a select list. */
    private static final Set<String> AFTER_ITEMS = Set.of(
            "except",
            "fetch",
            "for",
            "from",
            "group",
            "having",
            "intersect",
            "into",
            "limit",
            "offset",
            "on",
            "order",
            "returning",
            "union",
            "where",
            "window");

    private final transient PgTokens all;
    private final transient dev.gatehouse.analyzer.lexer.Token source;
    private final int index;

    PgToken(PgTokens all, int index, dev.gatehouse.analyzer.lexer.Token source, int kind) {
        this.all = all;
        this.index = index;
        this.source = source;
        this.kind = kind;
        this.image = source.text();
        this.beginLine = 1;
        this.endLine = 1;
        this.beginColumn = source.position();
        this.endColumn = source.position();
    }

    /** The token so many places further on; the end where there are no more. */
    PgToken ahead(int places) {
        return all.at(index + places);
    }

    /** The parenthesis that closes this one. */
    PgToken partner() {
        return all.at(all.partner(index));
    }

    dev.gatehouse.analyzer.lexer.Token source() {
        return source;
    }

    boolean is(int expected) {
        return kind == expected;
    }

    boolean isWord(String word) {
        return source.isWord(word);
    }

    boolean isMark(String mark) {
        return source.isMark(mark);
    }

    boolean isString() {
        return source.sort() == Sort.STRING;
    }

    /** Whether it may be any name where nothing else can stand: PostgreSQL's {@code ColLabel}. */
    boolean isLabel() {
        return source.sort() == Sort.QUOTED || source.sort() == Sort.WORD;
    }

    /** Whether it may name a result column without AS: {@code BareColLabel}. */
    boolean isBareLabel() {
        return isLabel() && !isOneOf(PgWords.NO_BARE_LABEL);
    }

    /** Whether an item of a select list ends before it. */
    boolean endsItem() {
        return kind == PgSqlParserConstants.EOF || isMark(",") || isMark(")") || isOneOf(AFTER_ITEMS);
    }

    /** Whether it may name a column or a table: {@code ColId}. */
    boolean isName() {
        return isLabel() && !isOneOf(PgWords.RESERVED) && !isOneOf(PgWords.NO_ALIAS);
    }

    /** Whether it may name a function or a type: {@code type_function_name}. */
    boolean isRoutineName() {
        return isLabel() && !isOneOf(PgWords.RESERVED) && !isOneOf(PgWords.NO_FUNCTION);
    }

    private boolean isOneOf(Set<String> words) {
        return source.sort() == Sort.WORD && words.contains(image);
    }
}
