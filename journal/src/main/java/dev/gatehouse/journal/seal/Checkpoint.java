package dev.gatehouse.journal.seal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed word of how far the journal reached at one moment. All numbers are little-endian.
 *
 * <pre>
 *   0  16 bytes  "gatehouse seal 1"
 *  16  long      milliseconds since 1970-01-01 UTC
 *  24  long      records in the journal up to here
 *  32  32 bytes  the chain's hash up to here, see {@link Chain}
 *  64  32 bytes  the public key
 *  96  64 bytes  Ed25519 signature of all before
 * </pre>
 *
 * @param at when, to the millisecond
 * @param records how many records the journal held
 * @param chain the hash of its last document
 * @param key the public key
 * @param signature over the rest
 */
public record Checkpoint(Instant at, long records, Hash chain, Hash key, Hash signature) {

    /** Of the form above. */
    public static final int BYTES = 160;

    private static final byte[] MAGIC = "gatehouse seal 1".getBytes(StandardCharsets.US_ASCII);
    private static final int SIGNED_BYTES = BYTES - SigningKey.SIGNATURE_BYTES;
    private static final String BEGIN = "{\"at\":\"";
    private static final Pattern LINE = Pattern.compile(
            "\\{\"at\":\"([^\"]{1,40})\",\"records\":(\\d{1,18}),\"chain\":\"([0-9a-f]{64})\",\"key\":\"([0-9a-f]{64})\","
                    + "\"signature\":\"([0-9a-f]{128})\"}");

    /** Signs how far the journal reaches. */
    public static Checkpoint sign(SigningKey key, Instant at, long records, byte[] chain) {
        byte[] signed = signed(at.toEpochMilli(), records, chain, key.publicKey());
        return new Checkpoint(
                Instant.ofEpochMilli(at.toEpochMilli()),
                records,
                Hash.of(chain),
                Hash.of(key.publicKey()),
                Hash.of(key.sign(signed)));
    }

    private static byte[] signed(long millis, long records, byte[] chain, byte[] key) {
        return ByteBuffer.allocate(SIGNED_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putLong(millis)
                .putLong(records)
                .put(chain)
                .put(key)
                .array();
    }

    /** Whether the signature is that of the key it names. */
    public boolean isSigned() {
        return SigningKey.isSigned(
                key.bytes(), signed(at.toEpochMilli(), records, chain.bytes(), key.bytes()), signature.bytes());
    }

    /** Whether it tells of a journal whose last document has this hash. */
    public boolean reaches(long recordsThere, byte[] chainThere) {
        return records == recordsThere && chain.equals(Hash.of(chainThere));
    }

    /** It in bytes. */
    public byte[] bytes() {
        byte[] all = Arrays.copyOf(signed(at.toEpochMilli(), records, chain.bytes(), key.bytes()), BYTES);
        System.arraycopy(signature.bytes(), 0, all, SIGNED_BYTES, SigningKey.SIGNATURE_BYTES);
        return all;
    }

    /** Reads it from bytes; empty if it is none. */
    public static Optional<Checkpoint> read(ByteBuffer from) {
        if (from.remaining() != BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = from.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = take(in, MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            return Optional.empty();
        }
        return Optional.of(new Checkpoint(
                Instant.ofEpochMilli(in.getLong()),
                in.getLong(),
                Hash.of(take(in, Chain.BYTES)),
                Hash.of(take(in, SigningKey.BYTES)),
                Hash.of(take(in, SigningKey.SIGNATURE_BYTES))));
    }

    private static byte[] take(ByteBuffer in, int count) {
        byte[] taken = new byte[count];
        in.get(taken);
        return taken;
    }

    /** It as one line of JSON, for a file elsewhere. */
    public String line() {
        return "{\"at\":\"" + at + "\",\"records\":" + records + ",\"chain\":\"" + chain + "\",\"key\":\"" + key
                + "\",\"signature\":\"" + signature + "\"}";
    }

    /** Whether such a line may begin with this. */
    public static boolean mayBegin(String part) {
        return part.startsWith(BEGIN) || BEGIN.startsWith(part);
    }

    /** Reads such a line; empty if it is none. */
    public static Optional<Checkpoint> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Checkpoint(
                    Instant.ofEpochMilli(Instant.parse(parts.group(1)).toEpochMilli()),
                    Long.parseLong(parts.group(2)),
                    new Hash(parts.group(3)),
                    new Hash(parts.group(4)),
                    new Hash(parts.group(5))));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
