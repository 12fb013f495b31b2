package dev.gatehouse.gateway.settings;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The format's words for the constants of an enum: their names in lower case, {@code _} as written. */
final class Words {

    private Words() {}

    static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
        return spelled(type, '_');
    }

    /** The same with a hyphen for each {@code _}. */
    static <E extends Enum<E>> Map<String, E> hyphened(Class<E> type) {
        return spelled(type, '-');
    }

    private static <E extends Enum<E>> Map<String, E> spelled(Class<E> type, char joint) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', joint), constant);
        }
        return words;
    }
}
