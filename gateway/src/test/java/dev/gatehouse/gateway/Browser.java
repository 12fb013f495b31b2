package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** What a person's browser does with the console, without scripts: keeps its cookie, says where forms are from. */
final class Browser {

    private static final Pattern PASS = Pattern.compile("name=\"pass\" value=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("((?:__Host-)?gatehouse)=([^;]*)(;.*)?");

    private final URI console;
    private final HttpClient client;

    /** {@code name=value}; empty where there is none. */
    private String cookie = "";

    private Browser(URI console, HttpClient client) {
        this.console = console;
        this.client = client;
    }

    static Browser at(int port) {
        return new Browser(
                URI.create("http://127.0.0.1:" + port),
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build());
    }

    static Browser encrypted(int port, SSLContext trusting) {
        return new Browser(
                URI.create("https://127.0.0.1:" + port),
                HttpClient.newBuilder()
                        .sslContext(trusting)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build());
    }

    /** One that somebody has signed in with. */
    static Browser of(int port, String name) throws IOException, InterruptedException {
        Browser browser = at(port);
        HttpResponse<String> answer = browser.signIn(name, TestGateway.PASSWORD);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return browser;
    }

    String cookie() {
        return cookie;
    }

    /** Has it send another cookie from now on. */
    void keep(String other) {
        cookie = other;
    }

    HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
        return submit("/signin", "name", name, "password", password);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** Submits a form as one of the console's own pages. */
    HttpResponse<String> submit(String path, String... fields) throws IOException, InterruptedException {
        return send(form(path, fields).header("Origin", console.toString()));
    }

    /** Submits a form of the page of a request, with all that is in it. */
    HttpResponse<String> decide(String id, String code, String choice, String comment)
            throws IOException, InterruptedException {
        return submit("/approvals/" + id + "/" + choice, "pass", pass(), "code", code, "comment", comment);
    }

    /** The pass that pages of this session hold. */
    String pass() throws IOException, InterruptedException {
        Matcher pass = PASS.matcher(get("/approvals").body());
        assertThat(pass.find()).isTrue();
        return pass.group(1);
    }

    HttpRequest.Builder form(String path, String... fields) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs)));
    }

    /** Calls the API as a program. */
    HttpResponse<String> call(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (!method.equals("GET") && !cookie.isEmpty()) {
            request.header("X-Gatehouse-Pass", pass());
        }
        return send(request);
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(console.resolve(path)).timeout(Duration.ofSeconds(20));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Optional<String> set = answer.headers().firstValue("Set-Cookie");
        if (set.isPresent()) {
            Matcher parts = COOKIE.matcher(set.get());
            assertThat(parts.matches()).as(set.get()).isTrue();
            cookie = parts.group(2).isEmpty() ? "" : parts.group(1) + "=" + parts.group(2);
        }
        return answer;
    }

    HttpClient client() {
        return client;
    }
}
