package dev.gatehouse.journal.seal;

import java.util.HexFormat;

/**
 * Bytes that nobody reads: a hash, a key, a signature.
 *
 * @param hex in lower case
 */
public record Hash(String hex) {

    public static Hash of(byte[] bytes) {
        return new Hash(HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
