package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.ValueForm;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/** Shows another number instead of a number; NULL instead of what is none. */
record NumberMask(String id, ValueForm.Numbers form, UnaryOperator<BigDecimal> shown) implements Mask {

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        BigDecimal value = form.read(row, index, length);
        return value == null ? NULL : form.write(shown.apply(value), value, out);
    }
}
