package dev.gatehouse.gateway.door;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client asks of the gateway as it connects: on PostgreSQL by {@code PGOPTIONS='-c gatehouse.login=…'} or a startup
 * parameter, on MySQL by a connection attribute.
 */
final class StartupOptions {

    private static final int MOST = 200;

    private StartupOptions() {}

    /**
     * What is asked for by that name.
     *
     * @param options the startup parameters, or the connection attributes
     */
    static Optional<String> of(Map<String, String> options, String name) {
        return Optional.ofNullable(options.get(name))
                .or(() -> Optional.ofNullable(options.get(name.replace('.', '_'))))
                .or(() -> amongOptions(options.getOrDefault("options", ""), name))
                .map(value -> value.length() <= MOST ? value : value.substring(0, MOST));
    }

    /** As a server reads them: a backslash takes the meaning from what follows, a space's too. */
    private static Optional<String> amongOptions(String options, String name) {
        Matcher matcher = Pattern.compile("(?:^|\\s)(?:-c\\s*|--)" + Pattern.quote(name) + "=((?:\\\\.|[^\\s\\\\])+)")
                .matcher(options);
        return matcher.find() ? Optional.of(matcher.group(1).replaceAll("\\\\(.)", "$1")) : Optional.empty();
    }
}
