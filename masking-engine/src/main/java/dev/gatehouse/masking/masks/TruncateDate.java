package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.ValueForm;
import io.netty.buffer.ByteBuf;
import java.time.temporal.ChronoUnit;

/** Shows the beginning of the year, month, day or hour. */
record TruncateDate(String id, ValueForm.Times form, ChronoUnit to) implements Mask {

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        return form.truncate(to, row, index, length, out);
    }
}
