package dev.gatehouse.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against the examples of the RFCs, so that others can check a journal with tools of their own. */
final class SealTest {

    /** RFC 8032 §7.1, TEST 1: the key that openssl would write as PEM, and its public half. */
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String PEM = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """;

    @Test
    void aKeyIsReadAsItIsWritten() {
        assertThat(Hash.of(SigningKey.parse(SEED).publicKey()).hex()).isEqualTo(PUBLIC);
        assertThat(Hash.of(SigningKey.parse(PEM).publicKey()).hex()).isEqualTo(PUBLIC);
        assertThat(Hash.of(SigningKey.parse("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n")
                                .publicKey())
                        .hex())
                .isEqualTo(PUBLIC);
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingQuoted() {
        for (String text : new String[] {"", "secret words", SEED.substring(2), PEM.replace("K2Vw", "K2Vx")}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.parse(text))
                    .satisfies(e ->
                            assertThat(e.getMessage()).doesNotContain("secret").doesNotContain("9d61"));
        }
    }

    @Test
    void aCheckpointIsTheSameInBytesAndAsALine() {
        Checkpoint checkpoint = Checkpoint.sign(
                SigningKey.parse(SEED), Instant.parse("2026-11-22T21:59:00.123456Z"), 42, new byte[Chain.BYTES]);

        assertThat(checkpoint.isSigned()).isTrue();
        assertThat(Checkpoint.read(ByteBuffer.wrap(checkpoint.bytes()))).contains(checkpoint);
        assertThat(Checkpoint.parse(checkpoint.line())).contains(checkpoint);
        assertThat(Checkpoint.parse(checkpoint.line().replace("\"records\":42", "\"records\":41"))
                        .orElseThrow()
                        .isSigned())
                .isFalse();
        assertThat(Checkpoint.parse("{}")).isEmpty();
        assertThat(Checkpoint.read(ByteBuffer.allocate(Checkpoint.BYTES))).isEmpty();
    }

    @Test
    void theTreeIsThatOfTheRfc() {
        // RFC 6962 §2.1: known roots over the leaves "", 00, 10, 2021, 3031, 40414243, 5051525354555657, 60…6f.
        String[] leaves = {
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
        };
        MerkleTree tree = new MerkleTree();
        assertThat(Hash.of(tree.root()).hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (String leaf : leaves) {
            tree.add(ByteBuffer.wrap(HexFormat.of().parseHex(leaf)));
        }
        assertThat(Hash.of(tree.root()).hex())
                .isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        tree.clear();
        for (int i = 0; i < 5; i++) {
            tree.add(ByteBuffer.wrap(HexFormat.of().parseHex(leaves[i])));
        }
        assertThat(Hash.of(tree.root()).hex())
                .isEqualTo("4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4");
        assertThat(Hash.of("x".getBytes(StandardCharsets.US_ASCII)).bytes()).hasSize(1);
    }
}
