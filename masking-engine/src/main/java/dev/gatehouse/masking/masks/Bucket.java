package dev.gatehouse.masking.masks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.UnaryOperator;

/** The lower end of the range a number lies in: of size 10, 20 for 20 to 29, and -10 for -1. */
record Bucket(BigDecimal size) implements UnaryOperator<BigDecimal> {

    @Override
    public BigDecimal apply(BigDecimal value) {
        return value.divide(size, 0, RoundingMode.FLOOR).multiply(size);
    }
}
