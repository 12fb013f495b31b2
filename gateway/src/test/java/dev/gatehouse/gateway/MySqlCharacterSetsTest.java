package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results in character sets of the client's choice. */
@SuppressWarnings("ByteBufferBackingArray") // All buffers are made by wrap.
final class MySqlCharacterSetsTest {

    private static final String[] SETS = {
        "utf8mb4", "utf8mb3", "latin1", "ascii", "binary", "NULL", "utf16", "ucs2", "utf32", "sjis", "gbk", "big5",
        "cp1251"
    };

    /** In which a byte of ASCII may be part of another character, or of which nobody knows what they are. */
    private static final Set<String> UNREADABLE = Set.of("sjis", "gbk", "big5", "binary");

    private static final String[] QUESTIONS = {
        "select name from customers where id = 1",
        "select 'ä€', 1.5, null, x'00ff'",
        "select email as `ü`, name as email from customers where id = 1",
        "select @@character_set_results",
        "use mysql",
        "select database()",
        "select nothing from customers",
    };

    @TempDir
    private Path folder;

    /** Everything a session is told, byte for byte. */
    private static List<String> told(MySqlWireClient client, String set, String database) throws Exception {
        List<String> told = new ArrayList<>();
        client.run("use " + database);
        assertThat(client.run("set character_set_results = " + set)).isEqualTo("0 changed");
        for (String question : QUESTIONS) {
            ByteBuffer text = MySqlWireClient.buffer(512);
            text.put(MySqlWireClient.bytes(question));
            client.command(MySqlWireClient.QUERY, text);
            for (ByteBuffer payload : client.result()) {
                told.add(HexFormat.of().formatHex(payload.array()));
            }
        }
        return told;
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whoSeesNoMasksIsToldAsByTheServer(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder, TestGateway.EVERYTHING)) {
            for (String set : SETS) {
                try (MySqlWireClient direct = MySqlWireClient.to(product.server(), gateway.database(), 0);
                        MySqlWireClient through = MySqlWireClient.through(gateway, "erik", 0)) {
                    assertThat(told(through, set, gateway.database()))
                            .as(set)
                            .isEqualTo(told(direct, set, gateway.database()));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void masksAreWrittenInWhatTheyCanBeWrittenInAndElseTheValueIsNull(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            for (String set : SETS) {
                try (MySqlWireClient client = MySqlWireClient.through(gateway, "maya", 0)) {
                    assertThat(client.run("set character_set_results = " + set)).isEqualTo("0 changed");
                    boolean wide = set.startsWith("utf16") || set.equals("ucs2") || set.equals("utf32");
                    boolean readable = !wide && !UNREADABLE.contains(set);
                    String name = client.run("select name from customers where id = 1");
                    assertThat(name.replace("\0", "")).as(set).isEqualTo("Name 1");
                    String masked = client.run("select email as `ü` from customers where id = 1");
                    if (readable) {
                        assertThat(masked).as(set).endsWith("@acme.test").doesNotContain("user1");
                    } else {
                        assertThat(masked).as(set).isEqualTo("NULL");
                    }
                    assertThat(client.run("select mail from contacts where contact = 1")
                                    .replace("\0", ""))
                            .as(set)
                            .doesNotContain("user1");
                    assertThat(client.run("set names utf8mb4")).isEqualTo("0 changed");
                }
            }
        }
    }

    /** In these sets, the second byte of a character may be a quote or a backslash. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void noTextHidesAQuoteFromTheGateway(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            for (String set : List.of("sjis", "cp932", "big5", "gbk")) {
                for (int lead = 0x81; lead < 0xff; lead += 24) {
                    try (MySqlWireClient client = MySqlWireClient.through(gateway, "maya", 0)) {
                        assertThat(client.run("set names " + set)).isEqualTo("0 changed");
                        ByteBuffer text = MySqlWireClient.buffer(256);
                        text.put(MySqlWireClient.bytes("select '"))
                                .put((byte) lead)
                                .put("\\' union select email from customers -- '".getBytes(StandardCharsets.US_ASCII));
                        client.command(MySqlWireClient.QUERY, text);
                        assertThat(MySqlWireClient.error(client.result().get(0)))
                                .as("%s 0x%x", set, lead)
                                .startsWith("1227 ");
                    }
                }
            }
        }
    }
}
