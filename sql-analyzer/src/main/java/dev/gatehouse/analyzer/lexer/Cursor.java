package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** A place in a list of tokens, for reading on from there. */
public final class Cursor {

    private final List<Token> tokens;
    private final int[] partner;
    private int at;

    /** Begins at the first of these tokens; the last one must be the end. */
    public Cursor(List<Token> tokens) {
        this.tokens = tokens;
        this.partner = partners(tokens);
    }

    private static int[] partners(List<Token> tokens) {
        int[] partner = new int[tokens.size()];
        Arrays.fill(partner, -1);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isMark("(") || token.isMark("[")) {
                open.push(i);
            } else if (token.isMark(")") || token.isMark("]")) {
                Integer start = open.poll();
                if (start == null || tokens.get(start).isMark("(") != token.isMark(")")) {
                    throw new Unreadable("an unmatched " + token.text(), token.position());
                }
                partner[start] = i;
            }
        }
        if (!open.isEmpty()) {
            throw new Unreadable(
                    "an unmatched parenthesis", tokens.get(open.pop()).position());
        }
        return partner;
    }

    public int mark() {
        return at;
    }

    public void reset(int mark) {
        at = mark;
    }

    public Token peek() {
        return tokens.get(at);
    }

    /** The token so many places further on, or the end. */
    public Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    public Token next() {
        Token token = peek();
        if (token.sort() != Sort.END) {
            at++;
        }
        return token;
    }

    public boolean atEnd() {
        return peek().sort() == Sort.END;
    }

    public boolean atWord(String word) {
        return peek().isWord(word);
    }

    public boolean atWord(Set<String> words) {
        return peek().sort() == Sort.WORD && words.contains(peek().text());
    }

    /** Whether these words come next. */
    public boolean atWords(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    public boolean atMark(String mark) {
        return peek().isMark(mark);
    }

    public boolean accept(String word) {
        boolean there = atWord(word);
        if (there) {
            at++;
        }
        return there;
    }

    /** Skips these words if all of them come next. */
    public boolean acceptWords(String... words) {
        boolean there = atWords(words);
        if (there) {
            at += words.length;
        }
        return there;
    }

    public boolean acceptMark(String mark) {
        boolean there = atMark(mark);
        if (there) {
            at++;
        }
        return there;
    }

    public boolean acceptOperator(String operator) {
        boolean there = peek().isOperator(operator);
        if (there) {
            at++;
        }
        return there;
    }

    public void expect(String word) {
        if (!accept(word)) {
            throw unexpected();
        }
    }

    /** Skips everything up to and with the parenthesis that closes the one that comes next. */
    public void skipParentheses() {
        at = partner[at] + 1;
    }

    /** The tokens from a mark up to here, with an end. */
    public Cursor since(int mark) {
        return between(mark, at);
    }

    /** The tokens from here on, with the end. */
    public Cursor rest() {
        return between(at, tokens.size() - 1);
    }

    private Cursor between(int first, int last) {
        List<Token> part = new ArrayList<>(tokens.subList(first, last));
        part.add(new Token(Sort.END, "", tokens.get(last).position()));
        return new Cursor(part);
    }

    /** All of its tokens, with the end. */
    public List<Token> all() {
        return tokens;
    }

    /** The tokens from here on, without the end. */
    public List<Token> remaining() {
        return tokens.subList(at, tokens.size() - 1);
    }

    public Unreadable unexpected() {
        return new Unreadable("unexpected " + PgLexer.describe(peek()), peek().position());
    }

    /** Whether a name comes next: any identifier that is not reserved. */
    public boolean atName() {
        return peek().sort() == Sort.QUOTED
                || (peek().sort() == Sort.WORD && !PgWords.RESERVED.contains(peek().text()));
    }

    /** A name that may be any word, as after a dot or AS. */
    public Token label() {
        if (peek().sort() != Sort.QUOTED && peek().sort() != Sort.WORD) {
            throw unexpected();
        }
        return next();
    }

    public Token name() {
        if (!atName()) {
            throw unexpected();
        }
        return next();
    }
}
