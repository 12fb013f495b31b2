package dev.gatehouse.analyzer.grammar;

import dev.gatehouse.analyzer.lexer.MySqlCalls;
import dev.gatehouse.analyzer.lexer.MySqlWords;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.io.Serial;
import java.util.Set;

/** A token as the parser sees it: one of the lexer's, with the number the grammar knows it by. */
final class MySqlToken extends Token {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient MySqlTokens all;
    private final transient dev.gatehouse.analyzer.lexer.Token source;
    private final int index;

    MySqlToken(MySqlTokens all, int index, dev.gatehouse.analyzer.lexer.Token source, int kind) {
        this.all = all;
        this.index = index;
        this.source = source;
        this.kind = kind;
        this.image = source.written();
        this.beginLine = 1;
        this.endLine = 1;
        this.beginColumn = source.position();
        this.endColumn = source.position();
    }

    /** The token so many places further on; the end where there are no more. */
    MySqlToken ahead(int places) {
        return all.at(index + places);
    }

    /** The parenthesis that closes this one. */
    MySqlToken partner() {
        return all.at(all.partner(index));
    }

    dev.gatehouse.analyzer.lexer.Token source() {
        return source;
    }

    boolean is(int expected) {
        return kind == expected;
    }

    boolean is(Sort sort) {
        return source.sort() == sort;
    }

    boolean isWord(String word) {
        return source.isWord(word);
    }

    boolean isWord(Set<String> words) {
        return source.sort() == Sort.WORD && words.contains(source.text());
    }

    boolean isOperator(String operator) {
        return source.isOperator(operator);
    }

    /** Whether it may be a name: an identifier, or a word that is not reserved. */
    boolean isName() {
        return is(Sort.QUOTED) || (is(Sort.WORD) && !isReserved() && !beginsCall());
    }

    /** Whether it may be a table's alias without AS. */
    boolean isAlias() {
        return isName() && !(is(Sort.WORD) && MySqlWords.isNoAlias(source.text(), all.modes()));
    }

    /** Whether it is the name of a function of the server's that is called here. */
    private boolean beginsCall() {
        return ahead(1).is(MySqlParserConstants.LPAREN) && MySqlCalls.begin(source, ahead(1).source, all.modes());
    }

    boolean isReserved() {
        return isWord(MySqlWords.reserved(all.modes()));
    }
}
