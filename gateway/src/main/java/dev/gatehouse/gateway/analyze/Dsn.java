package dev.gatehouse.gateway.analyze;

import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a database is reached: a URL as the clients of its server take it, or as JDBC does.
 *
 * @param url for JDBC, without login
 * @param properties the login
 * @param shown for messages, without password
 */
record Dsn(String url, Properties properties, String shown) {

    private static final String JDBC = "jdbc:";
    private static final String POSTGRESQL = "postgresql";
    private static final Set<String> SCHEMES = Set.of(POSTGRESQL, "mariadb");

    static Dsn of(String text) {
        String plain = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
        try {
            URI uri = new URI(plain.replaceFirst("^postgres:", "postgresql:").replaceFirst("^mysql:", "mariadb:"));
            if (uri.getHost() == null || !SCHEMES.contains(String.valueOf(uri.getScheme()))) {
                throw unknown(null);
            }
            String place = uri.getScheme() + "://" + uri.getRawAuthority().replaceFirst("^.*@", "") + uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new Dsn(JDBC + place + query, login(uri.getRawUserInfo()), place);
        } catch (URISyntaxException e) {
            throw unknown(e);
        }
    }

    boolean isPostgres() {
        return url.startsWith(JDBC + POSTGRESQL + ":");
    }

    private static Properties login(@Nullable String userInfo) {
        Properties properties = new Properties();
        if (userInfo != null) {
            String[] parts = userInfo.split(":", 2);
            properties.setProperty("user", decode(parts[0]));
            if (parts.length > 1) {
                properties.setProperty("password", decode(parts[1]));
            }
        }
        return properties;
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Failure unknown(@Nullable URISyntaxException cause) {
        Failure failure = new Failure(
                ExitCode.USAGE,
                "usage",
                "--catalog is not the URL of a database",
                "such as postgresql://user:password@host:port/database or mysql://…");
        return cause == null ? failure : failure.because(cause);
    }
}
