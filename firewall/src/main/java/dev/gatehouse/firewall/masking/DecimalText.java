package dev.gatehouse.firewall.masking;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Numbers as decimal digits, as both protocols write them in text form. */
public enum DecimalText implements ValueForm.Numbers {
    INT1(7, true),
    INT2(15, true),
    INT3(23, true),
    INT4(31, true),
    INT8(63, true),
    UNSIGNED1(8, false),
    UNSIGNED2(16, false),
    UNSIGNED3(24, false),
    UNSIGNED4(32, false),
    UNSIGNED8(64, false),
    /** Of any size, with as many decimals as the value has. */
    NUMERIC(0, true),
    FLOAT4(0, true),
    FLOAT8(0, true);

    /** Far above the digits of any number worth a mask. */
    private static final int MOST_BYTES = 400;

    private final BigDecimal least;
    private final BigDecimal most;

    /** @param bits how many a whole number has besides its sign; 0 where the type holds others too */
    DecimalText(int bits, boolean signed) {
        BigInteger bound = BigInteger.ONE.shiftLeft(bits);
        this.most = new BigDecimal(bound.subtract(BigInteger.ONE));
        this.least = signed ? new BigDecimal(bound.negate()) : BigDecimal.ZERO;
    }

    @Override
    public @Nullable BigDecimal read(ByteBuf row, int index, int length) {
        if (length == 0 || length > MOST_BYTES) {
            return null;
        }
        for (int i = index; i < index + length; i++) {
            byte b = row.getByte(i);
            if ((b < '0' || b > '9') && b != '-' && b != '+' && b != '.' && b != 'e' && b != 'E') {
                return null;
            }
        }
        try {
            BigDecimal read = new BigDecimal(row.toString(index, length, StandardCharsets.US_ASCII));
            return Math.abs((long) read.scale()) > MOST_BYTES ? null : read;
        } catch (NumberFormatException e) {
            return null; // Digits and signs in an order that is no number.
        }
    }

    @Override
    public int write(BigDecimal value, BigDecimal like, ByteBuf out) {
        BigDecimal fitted = fit(value, like);
        if (fitted == null) {
            return Mask.NULL;
        }
        return out.writeCharSequence(fitted.toPlainString(), StandardCharsets.US_ASCII);
    }

    /** The value as the type can hold it, with the decimals of the one it stands for; null where it cannot. */
    public @Nullable BigDecimal fit(BigDecimal value, BigDecimal like) {
        return switch (this) {
            case NUMERIC -> value.setScale(Math.max(like.scale(), 0), RoundingMode.HALF_EVEN);
            case FLOAT4 -> Float.isFinite(value.floatValue()) ? value.round(MathContext.DECIMAL32) : null;
            case FLOAT8 -> Double.isFinite(value.doubleValue()) ? value.round(new MathContext(15)) : null;
            default -> {
                BigDecimal whole = value.setScale(0, RoundingMode.HALF_EVEN);
                yield whole.compareTo(least) < 0 || whole.compareTo(most) > 0 ? null : whole;
            }
        };
    }
}
