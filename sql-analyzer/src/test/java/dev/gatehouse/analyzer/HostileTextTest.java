package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import java.util.List;
import java.util.Optional;

/**
 * Feeds the analyzer bytes that nobody would write. As a test it takes those under {@code HostileTextTestInputs}; with
 * {@code JAZZER_FUZZ=1} and one of its methods chosen it makes up new ones, guided by what they reach:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl sql-analyzer -am test -Dtest='HostileTextTest#postgreSql' \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm=-Djazzer.hooks=true</pre>
 */
final class HostileTextTest {

    private static final List<String> MARIADB_MODES =
            List.of("", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "IGNORE_SPACE");

    @FuzzTest(maxDuration = "10m")
    void postgreSql(byte[] sql) {
        for (boolean plainBackslash : new boolean[] {true, false}) {
            reads(sql, new Modes.PostgreSql(plainBackslash));
        }
    }

    @FuzzTest(maxDuration = "10m")
    void mySql(byte[] sql) {
        for (String modes : MARIADB_MODES) {
            reads(sql, Modes.MySql.of("10.11.6-MariaDB", modes, 0));
            reads(sql, Modes.MySql.of("9.4.0", modes, 1));
        }
    }

    /** Nothing is thrown, and whatever has the same shape and may be recalled is the same text's. */
    private static void reads(byte[] sql, Modes modes) {
        Scope scope = new Scope("shop", "shop", "app", Optional.of(List.of("$user", "public")), modes);
        CommandReader.Reading first = CommandReader.read(sql, Shop.snapshot(), scope);
        CommandReader.Reading second = CommandReader.read(sql, Shop.snapshot(), scope);
        assertThat(second.analysis()).isEqualTo(first.analysis());
        new Fingerprint().shape(sql, sql.length, modes);
    }
}
