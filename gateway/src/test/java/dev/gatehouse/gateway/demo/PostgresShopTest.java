package dev.gatehouse.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's database is a real one, so it is started for real. */
final class PostgresShopTest {

    @Test
    void theShopIsLoadedAndOpensToNobodyWithoutThePassword(@TempDir Path folder) throws IOException, SQLException {
        DemoHome home = DemoHome.make(folder.resolve("home"));
        try (PostgresShop shop = PostgresShop.start(home)) {
            String url = "jdbc:postgresql://127.0.0.1:" + shop.port() + "/shop";
            assertThat(shop.count("SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM orders)"
                            + " + (SELECT count(*) FROM order_items) + (SELECT count(*) FROM tickets)"))
                    .isEqualTo(12_000);
            assertThat(shop.count("SELECT count(*) FROM orders WHERE id < 2000"))
                    .isEqualTo(Tutorial.HELD_ROWS);
            assertThat(shop.count("SELECT count(*) FROM customers WHERE card !~ '^4[0-9]{15}$'"))
                    .isZero();
            for (String user : new String[] {"postgres", "shop_ro", "shop_rw"}) {
                assertThatThrownBy(() -> DriverManager.getConnection(url, user, "wrong"))
                        .as(user)
                        .isInstanceOf(SQLException.class);
                String password =
                        Files.readString(home.folder().resolve("secrets").resolve(user));
                DriverManager.getConnection(url, user, password).close();
            }
        }
        home.remove();
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void theConfigurationHasEveryPlaceFilledInAndItsSecretsForTheOwnerAlone(@TempDir Path folder) throws IOException {
        DemoHome home = DemoHome.make(folder.resolve("home"));

        home.configure(new Ports(16432, 16033, 18443), 5555, OptionalInt.of(6666), folder.resolve("admin.sock"));

        assertThat(home.config())
                .content()
                .contains(
                        "127.0.0.1:16432",
                        "127.0.0.1:5555",
                        folder.resolve("admin.sock").toString())
                .doesNotContain("@");
        Path hash = home.folder().resolve("secrets").resolve("demo_hash");
        assertThat(hash).content().startsWith("SCRAM-SHA-256$4096:");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hash)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderInUseIsLeftAlone(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine"), "precious");

        assertThatThrownBy(() -> DemoHome.make(folder)).hasMessageContaining("not empty");
    }
}
