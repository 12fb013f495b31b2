package dev.gatehouse.gateway.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping in a file. It remembers which keys were asked for, so that those nobody asks for are told as unknown. */
final class Section {

    private final Value self;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * One key and its value.
     *
     * @param key the key, as a value with a place
     */
    record Entry(String name, Value key, Value value) {}

    Section(Value self, MappingNode node) {
        this.self = self;
        for (NodeTuple tuple : node.getValue()) {
            Value key = self.child(tuple.getKeyNode(), self.path());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                key.problem(Code.WRONG_TYPE, "a key is a word");
                continue;
            }
            String name = scalar.getValue();
            if (name.equals("<<") && scalar.isPlain()) {
                key.problem(Code.MERGE_KEY, "merge keys are not read; write the keys out");
                continue;
            }
            Entry entry = new Entry(name, key, self.child(tuple.getValueNode(), self.pathOf(name)));
            Entry first = entries.putIfAbsent(name, entry);
            if (first != null) {
                entry.value.hide();
                key.problem(
                        Code.DUPLICATE_KEY, "\"" + name + "\" stands here twice, first in line " + first.key.line());
            }
        }
    }

    /** The mapping itself, for problems with it as a whole. */
    Value self() {
        return self;
    }

    /** The value of a key. */
    Optional<Value> optional(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** The value of a key that must be there. */
    Optional<Value> required(String key) {
        Optional<Value> value = optional(key);
        if (value.isEmpty()) {
            self.problem(Code.MISSING_KEY, "\"" + self.pathOf(key) + "\" is missing");
        }
        return value;
    }

    Optional<Section> section(String key) {
        return optional(key).flatMap(Value::section);
    }

    Optional<String> text(String key) {
        return optional(key).flatMap(Value::text);
    }

    /** The items of a list; none when the key is not there. */
    List<Value> items(String key) {
        return optional(key).map(Value::items).orElse(List.of());
    }

    /** The entries of a mapping whose keys are names; none when the key is not there. */
    List<Entry> named(String key) {
        return section(key).map(Section::all).orElse(List.of());
    }

    /** All entries, whose keys are names. */
    List<Entry> all() {
        known.addAll(entries.keySet());
        return new ArrayList<>(entries.values());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Refuses keys of the format whose absence in this release would leave something unprotected or undone in silence. */
    void refused(String... keys) {
        notInRelease(Code.NOT_IN_RELEASE, keys);
    }

    /** Warns of keys of the format that this release does nothing for. */
    void ignored(String... keys) {
        notInRelease(Code.IGNORED, keys);
    }

    private void notInRelease(Code code, String... keys) {
        for (String key : keys) {
            known.add(key);
            Entry entry = entries.get(key);
            if (entry != null) {
                entry.value.hideContent();
                entry.key.notInRelease(code, self.pathOf(key));
            }
        }
    }

    /** Ends the reading: keys nobody asked for are problems. */
    void close() {
        for (Entry entry : entries.values()) {
            if (!known.contains(entry.name)) {
                // What a misspelt key holds may be a password.
                entry.value.hide();
                String place = self.path().isEmpty() ? "" : " in \"" + self.path() + "\"";
                entry.key.problem(
                        Code.UNKNOWN_KEY,
                        "unknown key \"" + entry.name + "\"" + place + Suggestion.phrase(entry.name, known));
            }
        }
    }
}
