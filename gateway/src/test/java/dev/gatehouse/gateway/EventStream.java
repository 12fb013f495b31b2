package dev.gatehouse.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What an open page hears of the console. */
final class EventStream implements AutoCloseable {

    private final BufferedReader lines;

    private EventStream(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    static EventStream open(Browser browser) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                browser.client().send(browser.request("/v1/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IOException("no events: " + answer.statusCode());
        }
        return new EventStream(answer.body());
    }

    /** Waits for a line that begins so; fails when the stream ends without it. */
    String await(String beginning) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("the stream ended without " + beginning);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
