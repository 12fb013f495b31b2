package dev.gatehouse.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.console.api.Documents;
import dev.gatehouse.console.api.Problem;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer to a visit.
 *
 * @param type the media type of the body
 * @param headers besides those that every answer has
 */
record Reply(HttpResponseStatus status, String type, byte[] body, List<Header> headers) {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";

    Reply {
        headers = List.copyOf(headers);
    }

    record Header(String name, String value) {}

    static Reply page(String html) {
        return page(HttpResponseStatus.OK, html);
    }

    static Reply page(HttpResponseStatus status, String html) {
        return new Reply(status, HTML, utf8(html), List.of());
    }

    static Reply document(ObjectNode document) {
        return new Reply(HttpResponseStatus.OK, JSON, utf8(document.toString()), List.of());
    }

    static Reply json(byte[] document) {
        return new Reply(HttpResponseStatus.OK, JSON, document, List.of());
    }

    static Reply problem(Problem problem) {
        return new Reply(
                HttpResponseStatus.valueOf(problem.code().status()),
                JSON,
                utf8(Documents.error(problem).toString()),
                List.of());
    }

    /** Sends the browser to another page, which it asks for by GET. */
    static Reply seeOther(String address) {
        return new Reply(HttpResponseStatus.SEE_OTHER, HTML, new byte[0], List.of(new Header("Location", address)));
    }

    static Reply nothing() {
        return new Reply(HttpResponseStatus.NO_CONTENT, HTML, new byte[0], List.of());
    }

    Reply with(String name, String value) {
        List<Header> all = new ArrayList<>(headers);
        all.add(new Header(name, value));
        return new Reply(status, type, body, all);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
