package dev.gatehouse.wire.postgres.value;

import dev.gatehouse.firewall.masking.DecimalText;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.ValueForm;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers of a fixed length, the highest byte first. */
enum BinaryNumber implements ValueForm.Numbers {
    INT2(2, DecimalText.INT2),
    INT4(4, DecimalText.INT4),
    INT8(8, DecimalText.INT8),
    FLOAT4(4, DecimalText.FLOAT4),
    FLOAT8(8, DecimalText.FLOAT8);

    private final int bytes;
    private final DecimalText room;

    BinaryNumber(int bytes, DecimalText room) {
        this.bytes = bytes;
        this.room = room;
    }

    @Override
    public @Nullable BigDecimal read(ByteBuf row, int index, int length) {
        if (length != bytes) {
            return null;
        }
        return switch (this) {
            case INT2 -> BigDecimal.valueOf(row.getShort(index));
            case INT4 -> BigDecimal.valueOf(row.getInt(index));
            case INT8 -> BigDecimal.valueOf(row.getLong(index));
            case FLOAT4 -> {
                float value = row.getFloat(index);
                yield Float.isFinite(value) ? new BigDecimal(Float.toString(value)) : null;
            }
            case FLOAT8 -> {
                double value = row.getDouble(index);
                yield Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
            }
        };
    }

    @Override
    public int write(BigDecimal value, BigDecimal like, ByteBuf out) {
        BigDecimal fitted = room.fit(value, like);
        if (fitted == null) {
            return Mask.NULL;
        }
        switch (this) {
            case INT2 -> out.writeShort(fitted.intValueExact());
            case INT4 -> out.writeInt(fitted.intValueExact());
            case INT8 -> out.writeLong(fitted.longValueExact());
            case FLOAT4 -> out.writeFloat(fitted.floatValue());
            case FLOAT8 -> out.writeDouble(fitted.doubleValue());
        }
        return bytes;
    }
}
