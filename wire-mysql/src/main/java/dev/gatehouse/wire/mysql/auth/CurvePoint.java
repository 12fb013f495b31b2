package dev.gatehouse.wire.mysql.auth;

import java.math.BigInteger;

/**
 * A point of the curve edwards25519 in extended coordinates: {@code x = X/Z, y = Y/Z, xy = T/Z}.
 *
 * <p>Multiplication takes the same steps for every number, but the arithmetic below does not take the same time: a secret
 * may be used here only where nobody can measure it closely, such as once in a login over a network.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1.4">RFC 8032, section 5.1.4</a>
 */
record CurvePoint(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {

    /** The order of the base point. */
    static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final int BITS = 255;
    private static final int BYTES = 32;
    private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(BITS).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(PRIME))
            .mod(PRIME);
    private static final BigInteger TWICE_D = D.shiftLeft(1).mod(PRIME);
    private static final CurvePoint NEUTRAL =
            new CurvePoint(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);

    /** The base point. */
    static final CurvePoint BASE = affine(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            BigInteger.valueOf(4)
                    .multiply(BigInteger.valueOf(5).modInverse(PRIME))
                    .mod(PRIME));

    private static CurvePoint affine(BigInteger x, BigInteger y) {
        return new CurvePoint(x, y, BigInteger.ONE, x.multiply(y).mod(PRIME));
    }

    /** This point, added to itself so many times; the number is positive and below 2²⁵⁵. */
    CurvePoint times(BigInteger number) {
        CurvePoint low = NEUTRAL;
        CurvePoint high = this;
        for (int bit = BITS - 1; bit >= 0; bit--) {
            CurvePoint between = low.plus(high);
            if (number.testBit(bit)) {
                low = between;
                high = high.plus(high);
            } else {
                high = between;
                low = low.plus(low);
            }
        }
        return low;
    }

    /** Complete, so that it doubles as well. */
    private CurvePoint plus(CurvePoint other) {
        BigInteger a = y.subtract(x).multiply(other.y.subtract(other.x)).mod(PRIME);
        BigInteger b = y.add(x).multiply(other.y.add(other.x)).mod(PRIME);
        BigInteger c = t.multiply(TWICE_D).mod(PRIME).multiply(other.t).mod(PRIME);
        BigInteger d = z.shiftLeft(1).multiply(other.z).mod(PRIME);
        BigInteger e = b.subtract(a);
        BigInteger f = d.subtract(c);
        BigInteger g = d.add(c);
        BigInteger h = b.add(a);
        return new CurvePoint(
                e.multiply(f).mod(PRIME),
                g.multiply(h).mod(PRIME),
                f.multiply(g).mod(PRIME),
                e.multiply(h).mod(PRIME));
    }

    /** RFC 8032, section 5.1.2. */
    byte[] encoded() {
        BigInteger inverse = z.modInverse(PRIME);
        byte[] bytes = bytes(y.multiply(inverse).mod(PRIME));
        if (x.multiply(inverse).mod(PRIME).testBit(0)) {
            bytes[BYTES - 1] |= (byte) 0x80;
        }
        return bytes;
    }

    /** A number below 2²⁵⁶ in 32 bytes, the low one first. */
    static byte[] bytes(BigInteger number) {
        byte[] highFirst = number.toByteArray();
        byte[] lowFirst = new byte[BYTES];
        for (int i = 0; i < Math.min(highFirst.length, BYTES); i++) {
            lowFirst[i] = highFirst[highFirst.length - 1 - i];
        }
        return lowFirst;
    }
}
