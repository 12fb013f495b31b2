package dev.gatehouse.wire.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A session between a real client and a real server, as it was recorded; the format is told in {@code vectors/README.md}.
 *
 * @param name {@code <server>-<version>/<scenario>}
 * @param said what was said, a message each, in the order it was said
 */
record Vector(String name, List<Said> said) {

    private static final Path FOLDER = Path.of("src", "test", "vectors");
    private static final String SUFFIX = ".wire";
    private static final char CLIENT = '>';
    private static final char SERVER = '<';
    private static final char UNTAGGED = '-';
    private static final char RAW = '=';
    private static final int HEX = 16;

    /**
     * One message, or bytes that are no whole one.
     *
     * @param fromClient whether the client said it
     * @param bytes all of it, header included
     */
    record Said(boolean fromClient, byte[] bytes) {

        /** The first byte, which is the tag of all messages but those of the greeting. */
        char tag() {
            return (char) (bytes[0] & 0xff);
        }
    }

    /** Reads one by its name. */
    static Vector named(String name) {
        Path file = FOLDER.resolve(name + SUFFIX);
        try {
            return parse(name, Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all there are, of every server, by name. */
    static List<Vector> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.map(file -> FOLDER.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> named(file.substring(0, file.length() - SUFFIX.length())))
                    .sorted((a, b) -> a.name.compareTo(b.name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the text of one. */
    static Vector parse(String name, String text) {
        return new Vector(
                name,
                text.lines()
                        .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                        .map(Vector::line)
                        .toList());
    }

    /** Everything the client said, in one piece. */
    byte[] client() {
        return joined(true);
    }

    /** Everything the server said, in one piece. */
    byte[] server() {
        return joined(false);
    }

    @Override
    public String toString() {
        return name;
    }

    private byte[] joined(boolean fromClient) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        said.stream().filter(one -> one.fromClient == fromClient).forEach(one -> bytes.writeBytes(one.bytes));
        return bytes.toByteArray();
    }

    private static Said line(String line) {
        char side = line.charAt(0);
        if (line.length() < 3 || (side != CLIENT && side != SERVER) || line.charAt(1) != ' ') {
            throw new IllegalArgumentException("not a line of a vector: " + line);
        }
        char kind = line.charAt(2);
        byte[] body = body(line.length() > 4 ? line.substring(4) : "");
        if (kind == RAW) {
            return new Said(side == CLIENT, body);
        }
        ByteBuffer message = ByteBuffer.allocate(body.length + Integer.BYTES + (kind == UNTAGGED ? 0 : 1));
        if (kind != UNTAGGED) {
            message.put((byte) kind);
        }
        message.putInt(body.length + Integer.BYTES).put(body);
        return new Said(side == CLIENT, message.array());
    }

    private static byte[] body(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int times = 1;
            if (text.startsWith("\\{", at)) {
                int end = text.indexOf('}', at);
                times = Integer.parseInt(text.substring(at + 2, end));
                at = end + 1;
            }
            boolean escaped = text.charAt(at) == '\\';
            byte value = (byte) (escaped ? escape(text, at + 1) : text.charAt(at));
            at += !escaped ? 1 : text.charAt(at + 1) == 'x' ? 4 : 2;
            for (int i = 0; i < times; i++) {
                bytes.write(value);
            }
        }
        return bytes.toByteArray();
    }

    private static int escape(String text, int at) {
        return switch (text.charAt(at)) {
            case '0' -> 0;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\' -> '\\';
            case 'x' -> Integer.parseInt(text.substring(at + 1, at + 3), HEX);
            default -> throw new IllegalArgumentException("no such escape: " + text.substring(at - 1));
        };
    }
}
