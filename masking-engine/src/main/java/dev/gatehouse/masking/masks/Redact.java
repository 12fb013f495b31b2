package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Shows a fixed text. */
final class Redact implements Mask {

    private final String id;
    private final byte[] text;

    Redact(String id, String text) {
        this.id = id;
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        out.writeBytes(text);
        return text.length;
    }

    @Override
    public String id() {
        return id;
    }
}
