package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.statement.ColumnType;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
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

    /**
     * Other characters of the same kind in the place of each, and the same for equal values; what is no such character stays.
     *
     * @param key the name of the key
     */
    record FormatPreserving(String key, Secret secret, Alphabet alphabet) implements Transform {

        /** Which characters are replaced, and by which. */
        public enum Alphabet {
            DIGITS("0123456789"),
            ALNUM("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
            UPPER("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            LOWER("abcdefghijklmnopqrstuvwxyz");

            private final String characters;

            Alphabet(String characters) {
                this.characters = characters;
            }

            /** In the order of their numbers, which is that of their codes. */
            public String characters() {
                return characters;
            }
        }
    }

    /**
     * A number's range instead of the number: its lower end.
     *
     * @param size how wide the ranges are, above 0
     */
    record Bucket(BigDecimal size) implements Transform {}

    /** The beginning of the year, month, day or hour. */
    record TruncateDate(ChronoUnit to) implements Transform {}

    /**
     * A number near the number.
     *
     * @param relative how far off it may be, as a part of the number; 0 for no such part
     * @param absolute how far off it may be besides
     * @param per for how long the same number stays equally far off
     */
    record Noise(BigDecimal relative, BigDecimal absolute, Per per) implements Transform {

        /** When it is drawn anew. */
        public enum Per {
            /** For each number, each day: whoever asks again learns nothing more. */
            VALUE,
            /** For each query too: the average of many comes near the number. */
            QUERY
        }
    }

    /** All kinds, the strongest first: where several masks meet on a column, the first of these wins. */
    List<Class<? extends Transform>> STRONGEST_FIRST = List.of(
            SetNull.class,
            Redact.class,
            CardLast4.class,
            Hash.class,
            Tokenize.class,
            FormatPreserving.class,
            Partial.class,
            Email.class,
            Bucket.class,
            TruncateDate.class,
            Noise.class);

    /** Whether it has something to show for values of this sort, and not NULL for want of anything better. */
    default boolean takes(ColumnType.Sort sort) {
        if (this instanceof SetNull) {
            return true;
        }
        if (this instanceof Bucket || this instanceof Noise) {
            return sort == ColumnType.Sort.NUMBER;
        }
        return sort == (this instanceof TruncateDate ? ColumnType.Sort.TIME : ColumnType.Sort.TEXT);
    }

    /** The place in the order of strength; 0 is the strongest. */
    default int rank() {
        return STRONGEST_FIRST.indexOf(getClass());
    }
}
