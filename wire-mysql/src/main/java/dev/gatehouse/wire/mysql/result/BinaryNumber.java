package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.firewall.masking.DecimalText;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.ValueForm;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a fixed length, the lowest byte first.
 *
 * @param room what values the type has
 * @param bytes how many each takes
 */
record BinaryNumber(DecimalText room, int bytes) implements ValueForm.Numbers {

    @Override
    public @Nullable BigDecimal read(ByteBuf row, int index, int length) {
        if (length != bytes) {
            return null;
        }
        return switch (room) {
            case INT1 -> BigDecimal.valueOf(row.getByte(index));
            case UNSIGNED1 -> BigDecimal.valueOf(row.getUnsignedByte(index));
            case INT2 -> BigDecimal.valueOf(row.getShortLE(index));
            case UNSIGNED2 -> BigDecimal.valueOf(row.getUnsignedShortLE(index));
            case INT3, INT4 -> BigDecimal.valueOf(row.getIntLE(index));
            case UNSIGNED3, UNSIGNED4 -> BigDecimal.valueOf(row.getUnsignedIntLE(index));
            case INT8 -> BigDecimal.valueOf(row.getLongLE(index));
            case UNSIGNED8 -> new BigDecimal(Long.toUnsignedString(row.getLongLE(index)));
            case FLOAT4 -> {
                float value = row.getFloatLE(index);
                yield Float.isFinite(value) ? new BigDecimal(Float.toString(value)) : null;
            }
            case FLOAT8 -> {
                double value = row.getDoubleLE(index);
                yield Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
            }
            case NUMERIC -> null;
        };
    }

    @Override
    public int write(BigDecimal value, BigDecimal like, ByteBuf out) {
        BigDecimal fitted = room.fit(value, like);
        if (fitted == null) {
            return Mask.NULL;
        }
        if (room == DecimalText.FLOAT4) {
            out.writeFloatLE(fitted.floatValue());
        } else if (room == DecimalText.FLOAT8) {
            out.writeDoubleLE(fitted.doubleValue());
        } else {
            long whole = fitted.longValue(); // The lower 64 bits, which is what an unsigned number is written as.
            switch (bytes) {
                case 1 -> out.writeByte((int) whole);
                case 2 -> out.writeShortLE((int) whole);
                case 4 -> out.writeIntLE((int) whole);
                default -> out.writeLongLE(whole);
            }
        }
        return bytes;
    }
}
