package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.session.Secret;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A number that lies near a number: off by an even draw that depends on the number, the mask, and the occasion, and on a
 * secret, so that nobody can compute it backwards.
 */
final class Noise implements UnaryOperator<BigDecimal> {

    private static final String ALGORITHM = "HmacSHA256";
    private static final BigDecimal HALF_RANGE = BigDecimal.ONE.movePointRight(9);
    private static final long RANGE = 2 * HALF_RANGE.longValueExact() + 1;

    private final Transform.Noise noise;
    private final Mac mac;
    private final byte[] occasion;

    /**
     * @param id of the mask
     * @param occasion within which equal numbers are equally far off
     */
    Noise(String id, Transform.Noise noise, Secret secret, String occasion) {
        this.noise = noise;
        this.occasion = (id + "\0" + occasion + "\0").getBytes(StandardCharsets.UTF_8);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public BigDecimal apply(BigDecimal value) {
        mac.update(occasion);
        byte[] digest = mac.doFinal(value.stripTrailingZeros().toPlainString().getBytes(StandardCharsets.US_ASCII));
        long drawn = Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), RANGE);
        BigDecimal part = BigDecimal.valueOf(drawn).subtract(HALF_RANGE).movePointLeft(9);
        BigDecimal most = value.abs().multiply(noise.relative()).add(noise.absolute());
        return value.add(part.multiply(most));
    }
}
