package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.policy.Transform.FormatPreserving.Alphabet;
import dev.gatehouse.firewall.session.Secret;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Replaces the characters of an alphabet by others of it, by FF1 with AES-256: equal values stay equal, different ones
 * different, and separators stay where they are. A value with too few of the characters, of which all could be tried (fewer
 * than a million possible ones), becomes NULL, and so does one with too many, or with none but others.
 *
 * @see <a href="https://csrc.nist.gov/pubs/sp/800/38/g/upd1/final">NIST SP 800-38G, Recommendation for Block Cipher Modes of
 *     Operation: Methods for Format-Preserving Encryption</a>
 */
final class FormatPreserving implements Mask {

    /** Below, FF1 takes time that grows with the square. */
    private static final int MOST_CHARACTERS = 256;

    private static final double LEAST_DOMAIN = 1_000_000;
    private static final int KEY_BYTES = 32;
    private static final int ASCII = 128;

    private final String id;
    private final byte[] characters;
    /** The number of a character of the alphabet; -1 for every other. */
    private final byte[] numbers = new byte[ASCII];

    private final int least;
    private final FPEFF1Engine engine = new FPEFF1Engine();
    private final byte[] word = new byte[MOST_CHARACTERS];

    FormatPreserving(String id, Secret secret, Alphabet alphabet) {
        this.id = id;
        this.characters = alphabet.characters().getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(numbers, (byte) -1);
        for (int i = 0; i < characters.length; i++) {
            numbers[characters[i]] = (byte) i;
        }
        this.least = (int) Math.ceil(Math.log(LEAST_DOMAIN) / Math.log(characters.length));
        engine.init(true, new FPEParameters(new KeyParameter(key(secret)), characters.length, new byte[0]));
    }

    private static byte[] key(Secret secret) {
        HKDFBytesGenerator derivation = new HKDFBytesGenerator(new SHA256Digest());
        derivation.init(new HKDFParameters(
                secret.reveal().getBytes(StandardCharsets.UTF_8),
                null,
                "format_preserving FF1 AES-256".getBytes(StandardCharsets.US_ASCII)));
        byte[] key = new byte[KEY_BYTES];
        derivation.generateBytes(key, 0, KEY_BYTES);
        return key;
    }

    @Override
    public int write(ByteBuf row, int index, int length, ByteBuf out) {
        if (Utf8.count(row, index, length) == Utf8.INVALID) {
            return NULL;
        }
        int found = 0;
        for (int i = index; i < index + length; i++) {
            int number = number(row.getByte(i));
            if (number >= 0) {
                if (found == MOST_CHARACTERS) {
                    return NULL;
                }
                word[found++] = (byte) number;
            } else if (isWord(row.getByte(i))) {
                return NULL; // It would be shown, and is no separator.
            }
        }
        if (found < least) {
            return NULL;
        }
        engine.processBlock(word, 0, found, word, 0);
        int next = 0;
        for (int i = index; i < index + length; i++) {
            byte b = row.getByte(i);
            out.writeByte(number(b) >= 0 ? characters[word[next++]] : b);
        }
        return length;
    }

    private int number(byte b) {
        return b < 0 ? -1 : numbers[b];
    }

    /** Whether a byte is of a letter or digit. */
    private static boolean isWord(byte b) {
        return b < 0 || Character.isLetterOrDigit(b);
    }

    @Override
    public String id() {
        return id;
    }
}
