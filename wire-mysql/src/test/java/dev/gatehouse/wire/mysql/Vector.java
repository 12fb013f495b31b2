package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.HandshakeResponse41;
import dev.gatehouse.wire.mysql.message.HandshakeV10;
import dev.gatehouse.wire.mysql.message.Ok;
import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A session between a real client and a real server, as it was recorded; the format is told in {@code vectors/README.md}.
 *
 * @param name {@code <server>-<version>/<scenario>}
 * @param said what was said, a packet each, in the order it was said
 */
record Vector(String name, List<Said> said) {

    private static final Path FOLDER = Path.of("src", "test", "vectors");
    private static final String SUFFIX = ".wire";
    private static final char CLIENT = '>';
    private static final char SERVER = '<';
    private static final int HEX = 16;

    /**
     * One packet.
     *
     * @param fromClient whether the client said it
     * @param bytes all of it, header included
     */
    record Said(boolean fromClient, byte[] bytes) {

        /** The packet's number. */
        int number() {
            return bytes[Packet.HEADER - 1] & 0xff;
        }

        /** Reads the payload. */
        Body body() {
            return new Body(Unpooled.wrappedBuffer(bytes), Packet.HEADER, bytes.length);
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

    /** What the server said first. */
    HandshakeV10 handshake() {
        return HandshakeV10.read(said.get(0).body());
    }

    /** What the client answered. */
    HandshakeResponse41 response() {
        return HandshakeResponse41.read(said.get(1).body());
    }

    /** What both can do. */
    long agreed() {
        return handshake().capabilities() & response().capabilities();
    }

    private static boolean isWelcome(Said said) {
        return !said.fromClient() && said.body().peek() == Ok.TAG;
    }

    /** What was said behind the login. */
    List<Said> served() {
        int welcome = 2;
        while (welcome < said.size() && !isWelcome(said.get(welcome))) {
            welcome++;
        }
        return said.subList(Math.min(welcome + 1, said.size()), said.size());
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
        int behind = line.indexOf(' ', 2);
        if ((side != CLIENT && side != SERVER) || behind < 0) {
            throw new IllegalArgumentException("not a line of a vector: " + line);
        }
        byte[] payload = body(line.substring(behind + 1));
        byte[] packet = new byte[Packet.HEADER + payload.length];
        packet[0] = (byte) payload.length;
        packet[1] = (byte) (payload.length >> Byte.SIZE);
        packet[2] = (byte) (payload.length >> (2 * Byte.SIZE));
        packet[3] = (byte) Integer.parseInt(line.substring(2, behind));
        System.arraycopy(payload, 0, packet, Packet.HEADER, payload.length);
        return new Said(side == CLIENT, packet);
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
