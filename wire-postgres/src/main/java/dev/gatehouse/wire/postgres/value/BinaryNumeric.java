package dev.gatehouse.wire.postgres.value;

import dev.gatehouse.firewall.masking.DecimalText;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.ValueForm;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * {@code numeric} in binary: digits to the base of 10000.
 *
 * <pre>
 *   int16 count of digits │ int16 weight of the first │ int16 sign │ int16 decimals shown │ int16 digit │ …
 * </pre>
 *
 * @see <a href="https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/numeric.c">numeric_send in numeric.c</a>
 */
enum BinaryNumeric implements ValueForm.Numbers {
    NUMERIC;

    private static final int HEADER_BYTES = 8;
    private static final int DECIMALS_A_DIGIT = 4;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int POSITIVE = 0;
    private static final int NEGATIVE = 0x4000;
    /** Far more than any number worth a mask has. */
    private static final int MOST_DIGITS = 100;

    @Override
    public @Nullable BigDecimal read(ByteBuf row, int index, int length) {
        if (length < HEADER_BYTES) {
            return null;
        }
        int count = row.getUnsignedShort(index);
        int weight = row.getShort(index + 2);
        int sign = row.getUnsignedShort(index + 4);
        int decimals = row.getUnsignedShort(index + 6);
        if (length != HEADER_BYTES + 2 * count
                || count > MOST_DIGITS
                || Math.abs(weight) > MOST_DIGITS
                || decimals > MOST_DIGITS * DECIMALS_A_DIGIT
                || (sign != POSITIVE && sign != NEGATIVE)) {
            return null;
        }
        BigInteger digits = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            int digit = row.getUnsignedShort(index + HEADER_BYTES + 2 * i);
            if (digit >= BASE.intValue()) {
                return null;
            }
            digits = digits.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        BigDecimal value = new BigDecimal(digits, (count - 1 - weight) * DECIMALS_A_DIGIT);
        BigDecimal shown = value.setScale(decimals, RoundingMode.HALF_EVEN);
        return sign == NEGATIVE ? shown.negate() : shown;
    }

    @Override
    public int write(BigDecimal value, BigDecimal like, ByteBuf out) {
        BigDecimal fitted = DecimalText.NUMERIC.fit(value, like);
        if (fitted == null) {
            return Mask.NULL;
        }
        int decimals = fitted.scale();
        int afterPoint = (decimals + DECIMALS_A_DIGIT - 1) / DECIMALS_A_DIGIT;
        BigInteger left =
                fitted.setScale(afterPoint * DECIMALS_A_DIGIT).unscaledValue().abs();
        Deque<Integer> digits = new ArrayDeque<>();
        int place = -afterPoint;
        int weight = place - 1;
        while (left.signum() != 0) {
            BigInteger[] split = left.divideAndRemainder(BASE);
            if (!digits.isEmpty() || split[1].signum() != 0) {
                digits.addFirst(split[1].intValue());
            }
            weight = place++;
            left = split[0];
        }
        out.writeShort(digits.size());
        out.writeShort(digits.isEmpty() ? 0 : weight);
        out.writeShort(fitted.signum() < 0 ? NEGATIVE : POSITIVE);
        out.writeShort(decimals);
        digits.forEach(out::writeShort);
        return HEADER_BYTES + 2 * digits.size();
    }
}
