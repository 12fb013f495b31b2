package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Calendar;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.Glob;
import dev.gatehouse.firewall.policy.NamePattern;
import dev.gatehouse.firewall.policy.Names;
import dev.gatehouse.firewall.session.Upstream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names rules may speak of, from all files together.
 *
 * @param settings the server's, for upstreams, logins and keys
 * @param roles the names of roles
 * @param tags the tags columns may carry
 * @param calendars calendars by name; empty where one could not be read
 * @param flows approval flows by name; empty where one could not be read
 * @param ruleIds the ids of all rules
 */
record Vocabulary(
        Settings settings,
        Set<String> roles,
        Set<String> tags,
        Map<String, Optional<Calendar>> calendars,
        Map<String, Optional<Flow>> flows,
        Set<String> ruleIds) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,62}");

    List<String> upstreams() {
        return settings.upstreams().stream().map(Upstream::name).toList();
    }

    /** Checks a name that the file itself gives. */
    static Optional<String> id(Value value) {
        return value.as(text -> {
            if (!ID.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "it begins with a small letter and goes on with small letters, digits and hyphens, 2 to 63 in all");
            }
            return text;
        });
    }

    /** A list of names, none of which needs to exist anywhere. */
    static Names free(Section section, String key) {
        List<Glob> globs = new ArrayList<>();
        for (Value item : items(section, key)) {
            item.text().ifPresent(text -> globs.add(new Glob(text)));
        }
        return new Names(globs);
    }

    /** A list of names that must exist; one with a {@code *} must fit something that does. */
    static Names existing(Section section, String key, String what, Collection<String> names) {
        List<Glob> globs = new ArrayList<>();
        for (Value item : items(section, key)) {
            item.text().ifPresent(text -> {
                Glob glob = new Glob(text);
                if (names.stream().noneMatch(glob::matches)) {
                    item.problem(
                            Code.UNKNOWN_NAME,
                            "unknown " + what + " \"" + text + "\"" + Suggestion.phrase(text, names));
                }
                globs.add(glob);
            });
        }
        return new Names(globs);
    }

    /** A list of the format's own words. */
    static <T> Set<T> words(Section section, String key, String what, Map<String, T> words) {
        Set<T> result = new java.util.LinkedHashSet<>();
        for (Value item : items(section, key)) {
            item.word(what, words).ifPresent(result::add);
        }
        return result;
    }

    /** A list of names of tables or columns. */
    List<NamePattern> patterns(Section section, String key, int mostParts) {
        List<NamePattern> patterns = new ArrayList<>();
        for (Value item : items(section, key)) {
            item.as(text -> NamePattern.parse(text, mostParts)).ifPresent(pattern -> {
                Glob first = pattern.parts().get(0);
                if (pattern.parts().size() == mostParts && upstreams().stream().noneMatch(first::matches)) {
                    item.problem(
                            Code.UNKNOWN_NAME,
                            "\"" + pattern + "\" begins with an unknown upstream"
                                    + Suggestion.phrase(first.pattern(), upstreams()));
                }
                patterns.add(pattern);
            });
        }
        return patterns;
    }

    static List<Value> items(Section section, String key) {
        return section.optional(key).map(Value::someItems).orElse(List.of());
    }

    /** A flow that must exist. */
    Optional<Flow> flow(Value value, String name) {
        if (!flows.containsKey(name)) {
            value.problem(
                    Code.UNKNOWN_NAME,
                    "unknown approval flow \"" + name + "\"" + Suggestion.phrase(name, flows.keySet()));
        }
        return flows.getOrDefault(name, Optional.empty());
    }
}
