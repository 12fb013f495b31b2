package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Secret;
import java.util.List;

/** What a mask does to a value, as the policy file says it; listed from the strongest to the weakest. */
public sealed interface Transform {

    /** SQL's NULL instead of the value. */
    record SetNull() implements Transform {}

    /** A fixed text instead of the value. */
    record Redact(String text) implements Transform {}

    /** Dots and the last four digits. */
    record CardLast4() implements Transform {}

    /**
     * HMAC-SHA-256 of the value, in hexadecimal digits.
     *
     * @param length how many digits are kept, 8 to 64
     */
    record Hash(String key, Secret secret, int length) implements Transform {}

    /** A prefix and a token that is the same for equal values. */
    record Tokenize(String key, Secret secret, String prefix) implements Transform {}

    /** The first and last characters, and the fill for each one between. */
    record Partial(int first, int last, String fill) implements Transform {}

    /** An address of which only a part is kept. */
    record Email(Keep keep) implements Transform {

        /** The part that is kept. */
        public enum Keep {
            /** The first letter and the domain. */
            DOMAIN,
            /** The first letter. */
            FIRST,
            NONE
        }
    }

    /** All kinds, the strongest first: where several masks meet on a column, the first of these wins. */
    List<Class<? extends Transform>> STRONGEST_FIRST = List.of(
            SetNull.class, Redact.class, CardLast4.class, Hash.class, Tokenize.class, Partial.class, Email.class);

    /** The place in the order of strength; 0 is the strongest. */
    default int rank() {
        return STRONGEST_FIRST.indexOf(getClass());
    }
}
