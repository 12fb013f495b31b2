package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The text JSqlParser is given. Key words stand in it as they are; each name, literal and parameter only as the number of
 * its token: {@code SELECT "n1" FROM "n3" WHERE "n5" = 's7'}. So nothing a client wrote can change how the text is read, each
 * piece of JSqlParser's tree leads back to its token, and those that it lost are found out.
 */
final class Rendering {

    private static final Pattern NAME = Pattern.compile("\"n(\\d+)\"");

    private final List<Token> tokens;
    private final BitSet coded = new BitSet();
    private final BitSet taken = new BitSet();
    private final StringBuilder text = new StringBuilder();
    private boolean operatorsHidden;

    private Rendering(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Renders a statement's tokens, the last one being the end. */
    static Rendering of(List<Token> tokens, Words words) {
        Rendering rendering = new Rendering(tokens);
        int next = 0;
        while (next < tokens.size() - 1) {
            next = rendering.token(next, words) + 1;
        }
        return rendering;
    }

    /** Appends a token; the index of the last one dealt with. */
    private int token(int index, Words words) {
        Token token = tokens.get(index);
        if (token.isWord("operator") && tokens.get(index + 1).isMark("(")) {
            return namedOperator(index);
        }
        if (words.isSpecial(tokens, index)) {
            throw new Unreadable("a call in words of its own", token.position());
        }
        if (words.isNoTable(tokens, index)) {
            return index + 1;
        }
        if (words.isType(tokens, index)) {
            text.append("CAST ( ");
            code("'s", index + 1, "'");
            text.append("AS ");
            code("\"n", index, "\"");
            text.append(") ");
            return index + 1;
        }
        if (words.isMySql()) {
            int done = new MySqlForms(tokens, words).shortened(index, this);
            if (done >= 0) {
                return done;
            }
        }
        switch (token.sort()) {
            case WORD -> word(index, words);
            case QUOTED -> code("\"n", index, "\"");
            case STRING -> code("'s", index, "'");
            case NUMBER -> code("", index, "");
            case PARAMETER -> code(":p", index, "");
            case VARIABLE -> code("@n", index, "");
            case INTRODUCER -> {
                return index;
            }
            case HINT -> throw new Unreadable("an optimizer hint", token.position());
            case MARK -> text.append(token.text()).append(' ');
            case OPERATOR -> operator(index, words);
            case END -> throw new Unreadable("unexpected end", token.position());
        }
        return index;
    }

    /** {@code OPERATOR(schema.+)}: an operator like any other. */
    private int namedOperator(int index) {
        int end = index;
        while (!tokens.get(end).isMark(")")) {
            if (tokens.get(end).sort() == Sort.END) {
                throw new Unreadable("unexpected end", tokens.get(end).position());
            }
            end++;
        }
        operatorsHidden = true;
        text.append("|| ");
        return end;
    }

    private void word(int index, Words words) {
        if (words.isName(tokens, index)) {
            code("\"n", index, "\"");
        } else {
            text.append(tokens.get(index).text().toUpperCase(Locale.ROOT)).append(' ');
        }
    }

    /** Appends key words. */
    void plain(String keyWords) {
        text.append(keyWords).append(' ');
    }

    /** Appends a token as a name, whatever it is. */
    void name(int index) {
        code("\"n", index, "\"");
    }

    private void code(String before, int index, String after) {
        coded.set(index);
        text.append(before).append(index).append(after).append(' ');
    }

    private void operator(int index, Words words) {
        Token token = tokens.get(index);
        if (words.hides(token.text())) {
            operatorsHidden = true;
            boolean infix = index > 0 && words.endsOperand(tokens.get(index - 1));
            text.append(infix ? "|| " : "- ");
        } else {
            text.append(words.operator(token.text())).append(' ');
        }
    }

    String text() {
        return text.toString();
    }

    /** Whether {@code ||} and a sign may stand for other operators. */
    boolean operatorsHidden() {
        return operatorsHidden;
    }

    /** Whether this is a name's code and not a key word. */
    static boolean isCoded(String image) {
        return NAME.matcher(image).matches();
    }

    /** Whether this is a string's code, which MySQL takes for an alias too. */
    static boolean isString(String image) {
        return image.startsWith("'s");
    }

    /** The name that an image stands for. A key word that is used as a name stands for itself. */
    Token name(String image) {
        Matcher matcher = NAME.matcher(image);
        return matcher.matches() ? take(Integer.parseInt(matcher.group(1))) : bare(image);
    }

    /** The string that a code stands for, in quotes or without. */
    Token string(String image) {
        String code = image.replace("'", "");
        if (!code.startsWith("s")) {
            throw strange("a string");
        }
        return literal(code.substring(1), Sort.STRING);
    }

    Token number(String image) {
        return literal(image, Sort.NUMBER);
    }

    Token parameter(String image) {
        if (!image.startsWith("p")) {
            throw strange("a parameter");
        }
        return literal(image.substring(1), Sort.PARAMETER);
    }

    /** A variable's name, which is a code of its own. */
    Token variable(String image) {
        return name("\"" + image.replace("\"", "") + "\"");
    }

    /** The names in a text that is otherwise made of key words, as a type's is. */
    List<Token> names(String mixed) {
        List<Token> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(mixed);
        while (matcher.find()) {
            names.add(take(Integer.parseInt(matcher.group(1))));
        }
        return names;
    }

    private Token literal(String digits, Sort sort) {
        if (!digits.matches("\\d{1,9}") || Integer.parseInt(digits) >= tokens.size()) {
            throw strange("a literal");
        }
        int index = Integer.parseInt(digits);
        if (tokens.get(index).sort() != sort) {
            throw strange("a literal");
        }
        return take(index);
    }

    private Token take(int index) {
        if (!coded.get(index)) {
            throw strange("a name");
        }
        taken.set(index);
        return tokens.get(index);
    }

    private Token bare(String image) {
        String word = image.toLowerCase(Locale.ROOT);
        for (int i = 0; i < tokens.size(); i++) {
            if (!taken.get(i) && !coded.get(i) && tokens.get(i).isWord(word)) {
                taken.set(i);
                return tokens.get(i);
            }
        }
        throw strange("a name");
    }

    private static Unreadable strange(String what) {
        return new Unreadable("the second parser made up " + what, 0);
    }

    /** Refuses the reading if a name, a literal or a parameter of the statement is not in it. */
    void refuseLost() {
        BitSet lost = (BitSet) coded.clone();
        lost.andNot(taken);
        if (!lost.isEmpty()) {
            throw new Unreadable(
                    "the second parser lost a word",
                    tokens.get(lost.nextSetBit(0)).position());
        }
    }

    /** Where a token stood, as the tree's nodes say it: its 1-based character offset, on line 1. */
    static SqlParserPos position(Token token) {
        return new SqlParserPos(1, token.position());
    }
}
