package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.session.Secret;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows an HMAC-SHA-256 of the value in hexadecimal digits: equal values look equal, and only who has the key can tell
 * which they are.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104</a>
 */
final class Keyed implements Mask {

    /** How many digits a token has: 128 bits, more than the birthday bound asks for any table. */
    static final int TOKEN_DIGITS = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int DIGEST_BYTES = 32;
    private static final int PIECE = 256;
    /** After so many keys on one thread, reloads have made most of them stale. */
    private static final int MOST_KEYS = 64;

    private static final ThreadLocal<Bench> BENCHES = ThreadLocal.withInitial(Bench::new);
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final String id;
    private final byte[] prefix;
    private final int digits;
    private final Secret key;

    Keyed(String id, Secret key, String prefix, int digits) {
        this.id = id;
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
        this.digits = Math.min(digits, 2 * DIGEST_BYTES);
        this.key = key;
    }

    /** What one thread works with: a digest for each key, and room for bytes. */
    private static final class Bench {
        private final Map<Secret, Mac> macs = new HashMap<>();
        private final byte[] piece = new byte[PIECE];
        private final byte[] digest = new byte[DIGEST_BYTES];

        Mac mac(Secret key) {
            Mac known = macs.get(key);
            if (known != null) {
                return known;
            }
            if (macs.size() >= MOST_KEYS) {
                macs.clear();
            }
            Mac made = make(key);
            macs.put(key, made);
            return made;
        }

        private static Mac make(Secret key) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
                return mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has " + ALGORITHM, e);
            }
        }
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        Bench bench = BENCHES.get();
        Mac mac = bench.mac(key);
        for (int done = 0; done < length; done += PIECE) {
            int size = Math.min(PIECE, length - done);
            row.getBytes(index + done, bench.piece, 0, size);
            mac.update(bench.piece, 0, size);
        }
        try {
            mac.doFinal(bench.digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the digest has room", e);
        }
        out.writeBytes(prefix);
        for (int i = 0; i < digits; i++) {
            int pair = bench.digest[i >> 1];
            out.writeByte(DIGITS[(i & 1) == 0 ? (pair >> 4) & 15 : pair & 15]);
        }
        return prefix.length + digits;
    }

    @Override
    public String id() {
        return id;
    }
}
