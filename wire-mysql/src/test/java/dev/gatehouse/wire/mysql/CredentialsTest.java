package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.masking.Mask;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of the values that may quote how a login proves itself. */
final class CredentialsTest {

    private static String shown(String value, Charset charset) {
        ByteBuf out = Unpooled.buffer();
        ByteBuf row = Unpooled.copiedBuffer(value, charset);
        int length = Credentials.INSTANCE.write(row, 0, row.readableBytes(), out);
        assertThat(length).isEqualTo(length == Mask.NULL ? Mask.NULL : out.readableBytes());
        return length == Mask.NULL ? "NULL" : out.toString(charset);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "GRANT ALL ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*AB' WITH GRANT OPTION"
                        + "|GRANT ALL ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '<secret>' WITH GRANT OPTION",
                "CREATE USER `u` IDENTIFIED VIA ed25519 USING 'x' OR mysql_native_password USING '*A'"
                        + "|CREATE USER `u` IDENTIFIED VIA ed25519 USING '<secret>' OR mysql_native_password USING '<secret>'",
                "CREATE USER `u` IDENTIFIED WITH 'p' AS '$A$\\'x''\ty' AND IDENTIFIED WITH 'q' AS 0xAB01 REQUIRE NONE"
                        + "|CREATE USER `u` IDENTIFIED WITH 'p' AS '<secret>' AND IDENTIFIED WITH 'q' AS '<secret>' REQUIRE NONE",
                "create user u IDENTIFIED by 'cut off|create user u IDENTIFIED by '<secret>'",
            })
    void proofsAreHidden(String value, String hidden) {
        assertThat(shown(value, StandardCharsets.UTF_8)).isEqualTo(hidden);
        assertThat(shown(value, StandardCharsets.UTF_16LE)).isEqualTo("NULL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Threads_connected", "GRANT SELECT ON `a`.* TO `u`@`%`", "by 'ä'", "a\0b"})
    void theRestIsAsItWas(String value) {
        assertThat(shown(value, StandardCharsets.UTF_8)).isEqualTo(value);
        assertThat(shown(value, StandardCharsets.UTF_16LE)).isEqualTo(value);
    }
}
