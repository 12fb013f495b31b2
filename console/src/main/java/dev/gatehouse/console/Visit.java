package dev.gatehouse.console;

import dev.gatehouse.console.api.Problem;
import dev.gatehouse.console.api.Problem.Code;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request.
 *
 * @param path the path's segments without empty ones
 * @param all whether the query asks for ended requests too
 * @param body the body as text
 * @param source where it comes from
 * @param encrypted whether it came under TLS
 */
record Visit(
        HttpMethod method,
        List<String> path,
        boolean all,
        HttpHeaders headers,
        String body,
        InetAddress source,
        boolean encrypted) {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final int MOST_FIELDS = 16;

    static Visit of(HttpMethod method, String uri, HttpHeaders headers, String body, InetAddress source, boolean tls) {
        QueryStringDecoder decoder = new QueryStringDecoder(uri);
        List<String> path = Arrays.stream(decoder.path().split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
        return new Visit(method, path, decoder.parameters().containsKey("all"), headers, body, source, tls);
    }

    /** Whether a program calls, and is answered in JSON. */
    boolean isCall() {
        return !path.isEmpty() && path.get(0).equals("v1");
    }

    boolean isGet() {
        return method.equals(HttpMethod.GET);
    }

    boolean isPost() {
        return method.equals(HttpMethod.POST);
    }

    Optional<String> header(CharSequence name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The value of a cookie; empty also where there are several of the name. */
    Optional<String> cookie(String name) {
        List<String> values = headers.getAll(HttpHeaderNames.COOKIE).stream()
                .flatMap(line -> ServerCookieDecoder.STRICT.decodeAll(line).stream())
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    boolean isJson() {
        return isOfType(JSON);
    }

    private boolean isOfType(String type) {
        return header(HttpHeaderNames.CONTENT_TYPE)
                .map(value -> value.split(";", -1)[0].strip().equalsIgnoreCase(type))
                .orElse(false);
    }

    /**
     * The fields of a form.
     *
     * @throws Problem if there is none
     */
    Map<String, String> form() {
        if (!isOfType(FORM)) {
            throw new Problem(Code.BAD_REQUEST, "the body is not a form", "", "");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        try {
            new QueryStringDecoder(body, java.nio.charset.StandardCharsets.UTF_8, false, MOST_FIELDS)
                    .parameters()
                    .forEach((name, values) -> fields.put(name, values.get(0)));
        } catch (IllegalArgumentException e) {
            throw new Problem(Code.BAD_REQUEST, "the form cannot be read", "", "");
        }
        return fields;
    }
}
