package dev.gatehouse.firewall.policy;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A list of names in a rule, any of which may match.
 *
 * @param globs the names, in the order of the file; none where the rule does not ask
 */
public record Names(List<Glob> globs) {

    /** The list that asks nothing. */
    public static final Names NONE = new Names(List.of());

    public Names {
        globs = List.copyOf(globs);
    }

    public static Names of(String... patterns) {
        return new Names(Stream.of(patterns).map(Glob::new).toList());
    }

    public boolean isEmpty() {
        return globs.isEmpty();
    }

    /** Whether a name fits one of the list. */
    public boolean match(String name) {
        for (Glob glob : globs) {
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any of these names fits one of the list. */
    public boolean matchAny(Collection<String> names) {
        for (String name : names) {
            if (match(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the list asks nothing, or the name fits. */
    boolean admits(String name) {
        return globs.isEmpty() || match(name);
    }

    /** Whether the list asks nothing, or one of these names fits. */
    boolean admitsAny(Collection<String> names) {
        return globs.isEmpty() || matchAny(names);
    }
}
