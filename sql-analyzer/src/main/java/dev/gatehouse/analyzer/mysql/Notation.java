package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.mysql.Syntax.Entry;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Verb.Trait;
import dev.gatehouse.firewall.statement.Modes.MySql.Product;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;

/**
 * The notation of the tables of syntax.
 *
 * <p>An entry begins at the start of a line and goes on over lines that are indented: {@code NAME = pattern}. A name in
 * upper case is a command, its verb and, behind a slash, the kind of object; a name in lower case is a pattern others
 * use. In a pattern:
 *
 * <ul>
 *   <li>{@code WORD} is a key word, {@code '+'} a mark or operator;
 *   <li>{@code [x]} may be left out, {@code (x | y)} is the first that fits, {@code !x} is nothing, where no x comes;
 *   <li>{@code x...} is one or more, {@code x,...} the same with commas between;
 *   <li>{@code name} is another pattern, or one of {@link Terminal};
 *   <li>{@code writes:TABLE} is a name, and a {@link dev.gatehouse.analyzer.tree.Part} that says what is done to it;
 *       {@code creates:USER(account)} the same with another pattern, {@code holds_code:{body}} with the words that stand there; a
 *       detail stands behind a slash;
 *   <li>{@code {CALL: x}} makes one node of what is found in x;
 *   <li>{@code +TRAIT} says so of the command;
 *   <li>{@code %RULE(x)} is x, if a {@link Rule} holds of what stands there;
 *   <li>{@code @MARIADB} and {@code @MYSQL} are nothing, on that server.
 * </ul>
 */
final class Notation {

    private static final java.util.regex.Pattern PIECES = java.util.regex.Pattern.compile("#.*|'[^']+'"
            + "|%[A-Z_]+\\(|@[A-Z]+|[a-z_]+:[A-Z_]*(?:/[A-Z_]+)?[({]?|\\{[A-Z_ ]+:|[A-Z][A-Z0-9_]*|[a-z_]+|,\\.\\.\\.|\\.\\.\\.|\\+[A-Z_]+|[\\[\\]()|!}]"
            + "|\\S");

    private static final java.util.regex.Pattern ENTRIES = java.util.regex.Pattern.compile("\\n(?=[A-Za-z])");

    private final Deque<String> pieces;
    private final Map<String, Pattern> named;

    private Notation(Deque<String> pieces, Map<String, Pattern> named) {
        this.pieces = pieces;
        this.named = named;
    }

    /**
     * Reads a table.
     *
     * @param named takes the patterns others use
     * @param commands takes each command, with each word it may begin with; an empty one for those that begin with a name
     */
    static void read(String table, Map<String, Pattern> named, BiConsumer<String, Entry> commands) {
        for (String entry : ENTRIES.splitAsStream(table).toList()) {
            if (entry.isBlank() || entry.startsWith("#")) {
                continue;
            }
            int equals = entry.indexOf('=');
            String[] name = entry.substring(0, equals).strip().split("/", 2);
            Pattern pattern = pattern(entry.substring(equals + 1), named);
            if (!Character.isUpperCase(name[0].charAt(0))) {
                if (named.put(name[0], pattern) != null) {
                    throw new IllegalStateException("twice: " + name[0]);
                }
                continue;
            }
            Entry command = new Entry(name[0], name.length > 1 ? name[1] : "", pattern);
            firstWords(pattern).forEach(word -> commands.accept(word, command));
        }
    }

    private static Pattern pattern(String text, Map<String, Pattern> named) {
        Deque<String> pieces = new ArrayDeque<>();
        PIECES.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(p -> !p.startsWith("#"))
                .forEach(pieces::add);
        Notation notation = new Notation(pieces, named);
        Pattern pattern = notation.choice();
        if (!pieces.isEmpty()) {
            throw new IllegalStateException("unexpected " + pieces.peek() + " in" + text);
        }
        return pattern;
    }

    private static List<String> firstWords(Pattern pattern) {
        if (pattern instanceof Pattern.Word word) {
            return List.of(word.word());
        }
        if (pattern instanceof Pattern.Sequence sequence) {
            return firstWords(sequence.parts().get(0));
        }
        if (pattern instanceof Pattern.Choice choice) {
            return choice.alternatives().stream()
                    .flatMap(p -> firstWords(p).stream())
                    .distinct()
                    .toList();
        }
        return List.of("");
    }

    private Pattern choice() {
        List<Pattern> alternatives = new ArrayList<>();
        do {
            alternatives.add(sequence());
        } while (accept("|"));
        return alternatives.size() == 1 ? alternatives.get(0) : new Pattern.Choice(alternatives);
    }

    private boolean accept(String piece) {
        boolean there = piece.equals(pieces.peek());
        if (there) {
            pieces.remove();
        }
        return there;
    }

    private Pattern sequence() {
        List<Pattern> parts = new ArrayList<>();
        while (!pieces.isEmpty() && !List.of("|", ")", "]", "}").contains(pieces.element())) {
            parts.add(repeated());
        }
        return parts.size() == 1 ? parts.get(0) : new Pattern.Sequence(parts);
    }

    private Pattern repeated() {
        Pattern pattern = one(pieces.remove());
        if (accept("...")) {
            return new Pattern.Repeated(pattern, false);
        }
        return accept(",...") ? new Pattern.Repeated(pattern, true) : pattern;
    }

    private Pattern one(String piece) {
        char first = piece.charAt(0);
        if (piece.equals("[")) {
            Pattern inside = choice();
            expect("]");
            return new Pattern.Maybe(accept("...") ? new Pattern.Repeated(inside, false) : inside);
        }
        if (piece.equals("(")) {
            return closed(")");
        }
        if (piece.equals("!")) {
            return new Pattern.Not(one(pieces.remove()));
        }
        if (piece.equals("{OF:")) {
            return new Pattern.Of(closed("}"));
        }
        if (piece.equals("{CALL:")) {
            return new Pattern.Called(closed("}"));
        }
        if (first == '{') {
            return new Pattern.Made(new Form(piece.substring(1, piece.length() - 1)), closed("}"));
        }
        if (first == '\'') {
            return new Pattern.Mark(piece.substring(1, piece.length() - 1));
        }
        if (first == '%') {
            return new Pattern.Sound(Rule.valueOf(piece.substring(1, piece.length() - 1)), closed(")"));
        }
        if (first == '@') {
            return new Pattern.On(Product.valueOf(piece.substring(1)));
        }
        if (first == '+') {
            return new Pattern.Says(Trait.valueOf(piece.substring(1)));
        }
        if (Character.isUpperCase(first)) {
            return new Pattern.Word(piece.toLowerCase(Locale.ROOT));
        }
        return piece.contains(":") ? does(piece) : named(piece);
    }

    private Pattern closed(String end) {
        Pattern inside = choice();
        expect(end);
        return inside;
    }

    private void expect(String piece) {
        if (!accept(piece)) {
            throw new IllegalStateException("no " + piece + " before " + pieces);
        }
    }

    private Pattern does(String piece) {
        String[] head = piece.split("[:({]", -1);
        String[] object = head[1].split("/", 2);
        Pattern pattern = Terminal.QUALIFIED;
        if (piece.endsWith("(")) {
            pattern = closed(")");
        } else if (piece.endsWith("{")) {
            pattern = new Pattern.Quoted(closed("}"));
        }
        return new Pattern.Does(
                Deed.valueOf(head[0].toUpperCase(Locale.ROOT)),
                object[0].replace('_', ' '),
                object.length > 1 ? object[1].replace('_', ' ') : "",
                pattern);
    }

    private Pattern named(String name) {
        if (!Character.isLowerCase(name.charAt(0))) {
            throw new IllegalStateException("unexpected " + name);
        }
        return Terminal.of(name).orElseGet(() -> new Pattern.Named(name, named));
    }
}
