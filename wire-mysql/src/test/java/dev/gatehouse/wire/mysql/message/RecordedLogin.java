package dev.gatehouse.wire.mysql.message;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A login of a real client at a real server, as it was recorded: lines of {@code >} for the client or {@code <} for the server
 * and a packet in hexadecimal digits; lines that begin with {@code #} say who it was and what the password is.
 *
 * @param name {@code <server>-<version>/<scenario>}
 */
public record RecordedLogin(String name, List<Said> said) {

    private static final Path FOLDER = Path.of("src", "test", "logins");
    private static final String SUFFIX = ".wire";

    /**
     * One packet.
     *
     * @param packet all of it, header included
     */
    public record Said(boolean fromClient, byte[] packet) {

        /** The packet without its header. */
        public byte[] payload() {
            return Arrays.copyOfRange(packet, Packet.HEADER, packet.length);
        }

        /** Reads the payload. */
        public Body body() {
            return new Body(Unpooled.wrappedBuffer(packet), Packet.HEADER, packet.length);
        }
    }

    /** Reads one by its name. */
    public static RecordedLogin named(String name) {
        Path file = folder().resolve(name + SUFFIX);
        try {
            return new RecordedLogin(
                    name,
                    Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> new Said(
                                    line.startsWith(">"), HexFormat.of().parseHex(line.substring(2))))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all there are. */
    public static List<String> names() {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.map(file -> folder().relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        return Files.isDirectory(FOLDER) ? FOLDER : Path.of("wire-mysql").resolve(FOLDER);
    }

    /** What the server said first. */
    public HandshakeV10 handshake() {
        return HandshakeV10.read(said.get(0).body());
    }

    /** What the client answered. */
    public HandshakeResponse41 response() {
        return HandshakeResponse41.read(said.get(1).body());
    }

    /** The packet at that place, which begins with the handshake at 0. */
    public Said at(int place) {
        return said.get(place);
    }
}
