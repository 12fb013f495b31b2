package dev.gatehouse.gateway.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person at the console, who fills in its forms as a browser does. */
final class ConsoleVisitor {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern FIELD = Pattern.compile("name=\"(pass|code)\" value=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String console;
    private final String cookie;

    private ConsoleVisitor(String console, String name) throws IOException {
        this.console = console;
        HttpResponse<String> answer = send(form("/signin", "name=" + name + "&password=" + DemoHome.PASSWORD));
        this.cookie = answer.headers()
                .firstValue("Set-Cookie")
                .map(set -> set.split(";", 2)[0])
                .orElseThrow(() -> new IOException(name + " could not sign in: " + answer.statusCode()));
    }

    /** Signs somebody in. */
    static ConsoleVisitor signIn(String console, String name) throws IOException {
        return new ConsoleVisitor(console, name);
    }

    /**
     * Approves a request, on its page.
     *
     * @return the page's status: 303 once it is done
     */
    int approve(String id, String comment) throws IOException {
        String page =
                send(request("/approvals/" + id).header("Cookie", cookie).GET()).body();
        StringBuilder fields = new StringBuilder("comment=" + URLEncoder.encode(comment, StandardCharsets.UTF_8));
        Matcher field = FIELD.matcher(page);
        while (field.find()) {
            fields.append('&').append(field.group(1)).append('=').append(field.group(2));
        }
        // Who may not decide is shown no form; one that is sent all the same is refused.
        if (fields.indexOf("code=") < 0) {
            fields.append("&code=");
        }
        return send(form("/approvals/" + id + "/approve", fields.toString()).header("Cookie", cookie))
                .statusCode();
    }

    private HttpRequest.Builder form(String path, String fields) {
        return request(path)
                .header("Origin", console)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(console + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
