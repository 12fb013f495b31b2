package dev.gatehouse.firewall.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Modes.MySql;
import dev.gatehouse.firewall.statement.Modes.MySql.Product;
import org.junit.jupiter.api.Test;

/** How a server's own words are understood. */
final class ModesTest {

    private static final Modes UNKNOWN = new Modes.Unknown(Dialect.MYSQL);

    @Test
    void aServerSaysWhichItIs() {
        assertThat(MySql.of("8.0.36-0ubuntu0.22.04.1", "", 0))
                .isEqualTo(new MySql(Product.MYSQL, 80036, false, false, false, false, false, 0));
        assertThat(MySql.of("5.5.5-10.11.6-MariaDB-log", "", 1))
                .isEqualTo(new MySql(Product.MARIADB, 101106, false, false, false, false, false, 1));
    }

    @Test
    void onlySomeModesMatter() {
        assertThat(MySql.of("9.1.0", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES,PIPES_AS_CONCAT", 0))
                .isEqualTo(new MySql(Product.MYSQL, 90100, true, true, true, false, false, 0));
        assertThat(MySql.of("9.1.0", "HIGH_NOT_PRECEDENCE,IGNORE_SPACE", 2))
                .isEqualTo(new MySql(Product.MYSQL, 90100, false, false, false, true, true, 2));
    }

    @Test
    void whatIsNotKnownIsUnknown() {
        assertThat(MySql.of("8.0.36", "ORACLE", 0)).isEqualTo(UNKNOWN);
        assertThat(MySql.of("10.11.6-MariaDB", "MSSQL", 0)).isEqualTo(UNKNOWN);
        assertThat(MySql.of("8.0.36", "A_MODE_OF_TOMORROW", 0)).isEqualTo(UNKNOWN);
        assertThat(MySql.of("5.6.51", "", 0)).isEqualTo(UNKNOWN);
        assertThat(MySql.of("13.0.1-MariaDB", "", 0)).isEqualTo(UNKNOWN);
        assertThat(MySql.of("5.7.25-TiDB-v7.1.0", "", 0)).isEqualTo(UNKNOWN);
        assertThat(MySql.of("eight", "", 0)).isEqualTo(UNKNOWN);
        assertThat(MySql.of("8.0.36", "", 3)).isEqualTo(UNKNOWN);
    }
}
