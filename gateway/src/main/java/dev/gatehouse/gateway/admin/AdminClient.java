package dev.gatehouse.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Speaks to a running gateway through its admin socket. Plain JDK, so that a command starts quickly. */
public final class AdminClient {

    private static final int MOST_ANSWER_BYTES = 256 * 1024 * 1024;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final String HEADER_END = "\r\n\r\n";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path socket;
    private final Duration patience;

    public AdminClient(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /**
     * What the gateway answered.
     *
     * @param status the HTTP status
     * @param body the JSON document; an error's has the field {@code error}
     */
    public record Reply(int status, JsonNode body) {

        /** Whether it did what was asked. */
        public boolean isOk() {
            return status == 200;
        }
    }

    /**
     * Reads a document.
     *
     * @throws IOException if no gateway answers there, or not in time
     */
    public Reply get(String path) throws IOException {
        return exchange("GET " + path, "");
    }

    /**
     * Changes something.
     *
     * @throws IOException if no gateway answers there, or not in time; then it is not known whether it was done
     */
    public Reply post(String path, Map<String, String> fields) throws IOException {
        return exchange("POST " + path, MAPPER.writeValueAsString(fields));
    }

    private Reply exchange(String line, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String header = line + " HTTP/1.1\r\nHost: gatehouse\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + content.length + HEADER_END;
        ByteBuffer request = ByteBuffer.allocate(header.length() + content.length)
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .flip();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            long deadline = System.nanoTime() + patience.toNanos();
            while (request.hasRemaining()) {
                await(selector, deadline);
                channel.write(request);
            }
            key.interestOps(SelectionKey.OP_READ);
            return reply(readAll(channel, selector, deadline));
        }
    }

    private static byte[] readAll(SocketChannel channel, Selector selector, long deadline) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (answer.size() <= MOST_ANSWER_BYTES) {
            await(selector, deadline);
            if (channel.read(chunk.clear()) < 0) {
                return answer.toByteArray();
            }
            answer.write(chunk.array(), 0, chunk.position());
        }
        throw new IOException("the gateway's answer is larger than " + MOST_ANSWER_BYTES + " bytes");
    }

    private static void await(Selector selector, long deadline) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || selector.select(millis) == 0) {
            throw new IOException("the gateway did not answer in time");
        }
        selector.selectedKeys().clear();
    }

    private static Reply reply(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.UTF_8);
        int end = text.indexOf(HEADER_END);
        String[] statusLine = text.lines().findFirst().orElse("").split(" ", -1);
        if (end < 0 || statusLine.length < 2 || !statusLine[1].matches("[0-9]{3}")) {
            throw new IOException("what answers there is not a gateway");
        }
        int status = Integer.parseInt(statusLine[1]);
        try {
            return new Reply(status, MAPPER.readTree(text.substring(end + HEADER_END.length())));
        } catch (JsonProcessingException e) {
            throw new IOException("the gateway's answer is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
