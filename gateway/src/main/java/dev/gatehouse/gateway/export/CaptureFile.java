package dev.gatehouse.gateway.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A file of captured packets with one interface, whose packets begin with their IP header and have times in nanoseconds.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">PCAP Next Generation Capture File Format</a>
 */
final class CaptureFile {

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int BLOCK_FRAME_BYTES = 12;
    private static final int PACKET_HEAD_BYTES = 20;
    private static final int OPTION_HEAD_BYTES = 4;
    private static final short LINKTYPE_RAW = 101;
    private static final short END_OF_OPTIONS = 0;
    private static final short COMMENT = 1;
    private static final short USER_APPLICATION = 4;
    private static final short TIME_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    /** An option's length has 16 bits. */
    private static final int MOST_COMMENT_BYTES = 60_000;

    private final OutputStream out;

    /** Writes the file's head. */
    CaptureFile(OutputStream out) throws IOException {
        this.out = out;
        ByteBuffer section = buffer(64);
        section.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(section, USER_APPLICATION, "Gatehouse".getBytes(StandardCharsets.UTF_8));
        option(section, END_OF_OPTIONS, new byte[0]);
        block(SECTION_HEADER, section);
        ByteBuffer description = buffer(64);
        description.putShort(LINKTYPE_RAW).putShort((short) 0).putInt(0);
        option(description, TIME_RESOLUTION, new byte[] {NANOSECONDS});
        option(description, END_OF_OPTIONS, new byte[0]);
        block(INTERFACE_DESCRIPTION, description);
    }

    /** Writes a packet. */
    void packet(Instant at, byte[] packet, List<String> comments) throws IOException {
        List<byte[]> texts = comments.stream().map(CaptureFile::comment).toList();
        int options = texts.stream()
                .mapToInt(text -> OPTION_HEAD_BYTES + padded(text.length))
                .sum();
        ByteBuffer body = buffer(PACKET_HEAD_BYTES + padded(packet.length) + options + OPTION_HEAD_BYTES);
        long nanos = at.getEpochSecond() * 1_000_000_000 + at.getNano();
        body.putInt(0).putInt((int) (nanos >>> Integer.SIZE)).putInt((int) nanos);
        body.putInt(packet.length).putInt(packet.length).put(packet);
        pad(body);
        texts.forEach(text -> option(body, COMMENT, text));
        if (!texts.isEmpty()) {
            option(body, END_OF_OPTIONS, new byte[0]);
        }
        block(ENHANCED_PACKET, body);
    }

    private static byte[] comment(String text) {
        String cut = text.length() > MOST_COMMENT_BYTES / 4 ? text.substring(0, MOST_COMMENT_BYTES / 4) + "…" : text;
        return cut.getBytes(StandardCharsets.UTF_8);
    }

    private void block(int type, ByteBuffer body) throws IOException {
        int length = BLOCK_FRAME_BYTES + body.position();
        ByteBuffer head = buffer(2 * Integer.BYTES).putInt(type).putInt(length);
        write(head);
        write(body);
        write(buffer(Integer.BYTES).putInt(length));
    }

    private void write(ByteBuffer filled) throws IOException {
        byte[] bytes = new byte[filled.flip().remaining()];
        filled.get(bytes);
        out.write(bytes);
    }

    private static void option(ByteBuffer to, short code, byte[] value) {
        to.putShort(code).putShort((short) value.length).put(value);
        pad(to);
    }

    private static void pad(ByteBuffer to) {
        while (to.position() % Integer.BYTES != 0) {
            to.put((byte) 0);
        }
    }

    private static int padded(int length) {
        return (length + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
