package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.session.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value in a file, with its place. Reading it as something it is not is a problem, and then there is nothing. */
final class Value {

    /** Of a number that may have decimals. */
    private static final int MOST_DIGITS = 30;

    private final Document document;
    private final Node node;
    private final String path;

    Value(Document document, Node node, String path) {
        this.document = document;
        this.node = node;
        this.path = path;
    }

    Value child(Node childNode, String childPath) {
        return new Value(document, childNode, childPath);
    }

    /** The keys that lead here, with dots between them. */
    String path() {
        return path;
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Document document() {
        return document;
    }

    int line() {
        return node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    }

    private int column() {
        return node.getStartMark().map(m -> m.getColumn() + 1).orElse(0);
    }

    /** How many characters it takes, up to the end of its first line. */
    private int length() {
        Optional<Mark> start = node.getStartMark();
        Optional<Mark> end = node.getEndMark();
        if (start.isEmpty() || end.isEmpty() || !(node instanceof ScalarNode)) {
            return 1;
        }
        boolean oneLine = start.get().getLine() == end.get().getLine();
        return oneLine ? Math.max(1, end.get().getColumn() - start.get().getColumn()) : 1;
    }

    /** Reports a problem with this value. */
    void problem(Code code, String message) {
        document.problems().add(document.source().problem(code, line(), column(), length(), message));
    }

    /** Reports a problem with a part of this value, where its text stands on one line. */
    private void problemWithin(Code code, int offset, int partLength, String message) {
        boolean quoted = node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                        || scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED);
        int at = column() + offset + (quoted ? 1 : 0);
        document.problems().add(document.source().problem(code, line(), at, partLength, message));
    }

    /** Reports a problem with the line alone. */
    void lineProblem(Code code, String message) {
        document.problems().add(document.source().problem(code, line(), 0, 0, message));
    }

    /** Keeps a list or mapping out of what is shown: nobody has looked at what it holds. */
    void hideContent() {
        if (!(node instanceof ScalarNode)) {
            hide();
        }
    }

    /** Reports something the format has and this release has not. */
    void notInRelease(Code code, String what) {
        String meaning = code.isError() ? "but not of this release; remove it" : "and this release does nothing for it";
        problem(code, "\"" + what + "\" is part of the format " + meaning);
    }

    private <T> Optional<T> wrong(String expected) {
        problem(
                Code.WRONG_TYPE,
                (path.isEmpty() ? "" : "\"" + path + "\": ") + "expected " + expected + ", found " + found());
        return Optional.empty();
    }

    private String found() {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        String value = ((ScalarNode) node).getValue();
        if (node.getTag().equals(Tag.STR)) {
            return "the text \"" + value + "\"";
        }
        return value.isEmpty() || node.getTag().equals(Tag.NULL) ? "nothing" : value;
    }

    /** Whether an alias within leads back here, so that reading would never end. */
    private boolean isEndless() {
        if (node.isRecursive()) {
            problem(Code.SYNTAX, "\"" + path + "\" contains itself through an alias");
        }
        return node.isRecursive();
    }

    Optional<Section> section() {
        if (isEndless()) {
            return Optional.empty();
        }
        return node instanceof MappingNode mapping ? Optional.of(new Section(this, mapping)) : wrong("a mapping");
    }

    List<Value> items() {
        if (isEndless()) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            wrong("a list");
            return List.of();
        }
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(child(item, path));
        }
        return items;
    }

    /** The texts one key has in a list of mappings, without a word about what is wrong with them. */
    List<String> peek(String key) {
        List<String> texts = new ArrayList<>();
        List<Node> items = node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
        for (Node item : items) {
            if (item instanceof MappingNode mapping) {
                mapping.getValue().stream()
                        .filter(t -> t.getKeyNode() instanceof ScalarNode k
                                && k.getValue().equals(key))
                        .filter(t -> t.getValueNode() instanceof ScalarNode)
                        .forEach(t -> texts.add(((ScalarNode) t.getValueNode()).getValue()));
            }
        }
        return texts;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The items of a list that must have one. */
    List<Value> someItems() {
        List<Value> items = items();
        if (isList() && items.isEmpty()) {
            problem(
                    Code.BAD_VALUE,
                    "\"" + path + "\" is an empty list, which nothing matches; leave it out or fill it");
        }
        return items;
    }

    /** A text that is not empty, with its variables filled in. */
    Optional<String> text() {
        return anyText().filter(text -> {
            if (text.isEmpty()) {
                problem(Code.BAD_VALUE, "\"" + path + "\" is empty");
            }
            return !text.isEmpty();
        });
    }

    /** A text, with its variables filled in. */
    Optional<String> anyText() {
        return written().flatMap(raw -> filled(raw, false));
    }

    private Optional<String> filled(String raw, boolean secret) {
        if (document.variables().isEmpty()) {
            return Optional.of(raw);
        }
        return document.variables()
                .get()
                .fill(raw, secret, (code, offset, length, message) -> problemWithin(code, offset, length, message));
    }

    private Optional<String> written() {
        if (!(node instanceof ScalarNode scalar)) {
            return wrong("a text");
        }
        if (!node.getTag().equals(Tag.STR)) {
            return wrong("a text (put it in quotes)");
        }
        return Optional.of(scalar.getValue());
    }

    /** A secret. One that stands in the file itself is a problem. */
    Optional<Secret> secret() {
        return secretUnless(text -> false);
    }

    /** A secret, or what leads to one: a text that stands in the file itself is a problem only when it is no such lead. */
    Optional<Secret> secretUnless(Predicate<String> lead) {
        if (!(node instanceof ScalarNode scalar) || !node.getTag().equals(Tag.STR)) {
            hide();
            problem(Code.WRONG_TYPE, "\"" + path + "\": expected a text (put it in quotes)");
            return Optional.empty();
        }
        String raw = scalar.getValue();
        if (!Variables.isUsedIn(raw) && !lead.test(raw)) {
            hide();
            problem(
                    document.problems().strict() ? Code.LITERAL_SECRET_STRICT : Code.LITERAL_SECRET,
                    "\"" + path + "\" holds a secret in clear; take it from ${cred:…}, ${file:…} or ${env:…}");
        }
        return filled(raw, true).map(Secret::new);
    }

    /** Keeps this value out of what is shown of the file, if it is one that may hold secrets. */
    void hide() {
        if (document.variables().isEmpty()) {
            return;
        }
        node.getStartMark().ifPresent(start -> node.getEndMark()
                .ifPresent(end -> document.problems().hide(document.source().name(), start, end)));
    }

    Optional<Boolean> bool() {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
            return Optional.of(Boolean.parseBoolean(scalar.getValue()));
        }
        return wrong("true or false");
    }

    /** A whole number within bounds, both included. */
    Optional<Integer> integer(int least, int most) {
        if (!(node instanceof ScalarNode scalar) || !node.getTag().equals(Tag.INT)) {
            return wrong("a whole number");
        }
        return parsed(scalar.getValue(), text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("it is a number from " + least + " to " + most);
            }
            return number;
        });
    }

    /** A number above 0, whole or not. */
    Optional<BigDecimal> positive() {
        if (!(node instanceof ScalarNode scalar)
                || !(node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT))) {
            return wrong("a number");
        }
        return parsed(scalar.getValue(), text -> {
            BigDecimal number = new BigDecimal(text);
            if (number.signum() <= 0 || number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS) {
                throw new IllegalArgumentException("it is a number above 0, of up to " + MOST_DIGITS + " digits");
            }
            return number;
        });
    }

    Optional<Duration> duration() {
        return quantity().flatMap(text -> parsed(text, Quantities::duration));
    }

    /** A number of bytes. */
    Optional<Long> size() {
        return quantity().flatMap(text -> parsed(text, Quantities::bytes));
    }

    private Optional<String> quantity() {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.INT)) {
            return Optional.of(scalar.getValue());
        }
        return text();
    }

    /** A text that some reader makes sense of; what the reader objects to is the problem. */
    <T> Optional<T> as(Function<String, T> reader) {
        return text().flatMap(text -> parsed(text, reader));
    }

    private <T> Optional<T> parsed(String text, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(text));
        } catch (NumberFormatException e) {
            problem(Code.BAD_VALUE, "\"" + text + "\" is not a number that fits");
        } catch (IllegalArgumentException e) {
            problem(Code.BAD_VALUE, "\"" + shown(text) + "\" is not a good \"" + path + "\": " + e.getMessage());
        }
        return Optional.empty();
    }

    /** The text for a message: only as it stands in the file, since variables may hold secrets. */
    private String shown(String text) {
        return node instanceof ScalarNode scalar && Variables.isUsedIn(scalar.getValue()) ? scalar.getValue() : text;
    }

    /** One of the format's own words. */
    <T> Optional<T> word(String what, Map<String, T> words) {
        Optional<String> text = node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : wrong("a word");
        return text.flatMap(word -> {
            T meaning = words.get(word);
            if (meaning == null) {
                problem(
                        Code.UNKNOWN_WORD,
                        "unknown " + what + " \"" + word + "\"" + Suggestion.phrase(word, words.keySet()));
            }
            return Optional.ofNullable(meaning);
        });
    }

    /** A name that must be one of those that exist. */
    Optional<String> name(String what, Collection<String> existing) {
        return text().filter(name -> {
            boolean exists = existing.contains(name);
            if (!exists) {
                problem(Code.UNKNOWN_NAME, "unknown " + what + " \"" + name + "\"" + Suggestion.phrase(name, existing));
            }
            return exists;
        });
    }
}
