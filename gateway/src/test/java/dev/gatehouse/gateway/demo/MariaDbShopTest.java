package dev.gatehouse.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's MariaDB is a real one, so it is started for real. */
final class MariaDbShopTest {

    private static final String ALL =
            "SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM orders) + (SELECT count(*) FROM order_items)"
                    + " + (SELECT count(*) FROM tickets)";

    @BeforeAll
    static void checkMachine() {
        assumeTrue(System.getProperty("os.arch", "").equals("amd64"), "the binaries are for x86-64");
    }

    private static String url(Shop shop) {
        return "jdbc:mariadb://127.0.0.1:" + shop.port() + "/shop";
    }

    @Test
    void theShopIsPostgresShopRowForRowAndOpensToNobodyWithoutThePassword(@TempDir Path folder) throws Exception {
        DemoHome home = DemoHome.make(folder.resolve("home"));
        try (MariaDbShop shop = MariaDbShop.start(home);
                PostgresShop other = PostgresShop.start(home)) {
            assertThat(shop.count(ALL)).isEqualTo(12_000);
            assertThat(shop.count("SELECT count(*) FROM orders WHERE id < 2000"))
                    .isEqualTo(Tutorial.HELD_ROWS);
            for (String rows : List.of(
                    "SELECT concat(id, name, email, phone, card, ssn, salary) FROM customers ORDER BY id",
                    "SELECT concat(id, ' ', customer, ' ', status, total) FROM orders ORDER BY id",
                    "SELECT concat(order_id, ' ', line, product, quantity) FROM order_items ORDER BY order_id",
                    "SELECT concat(id, ' ', customer, status, subject, notes) FROM tickets ORDER BY id")) {
                assertThat(column(url(shop), "shop_ro", secret(home, "mysql_shop_ro"), rows))
                        .as(rows)
                        .isEqualTo(column(
                                "jdbc:postgresql://127.0.0.1:" + other.port() + "/shop",
                                "shop_ro",
                                secret(home, "shop_ro"),
                                rows));
            }
            for (String user : List.of("root", "mysql", "shop_ro", "shop_rw", "mariadb.sys", "")) {
                for (String password : List.of("", "wrong")) {
                    assertThatThrownBy(() -> DriverManager.getConnection(url(shop), user, password))
                            .as(user)
                            .isInstanceOf(SQLException.class);
                }
            }
        }
        home.remove();
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void severalStartAtOnceAndLeaveNothingBehind(@TempDir Path folder) throws Exception {
        List<CompletableFuture<MySqlSide>> starting =
                List.of(start(folder.resolve("one")), start(folder.resolve("two")));
        for (CompletableFuture<MySqlSide> one : starting) {
            try (MariaDbShop shop = one.get(120, TimeUnit.SECONDS).shop().orElseThrow()) {
                assertThat(shop.count(ALL)).isEqualTo(12_000);
            }
        }
        for (String name : List.of("one", "two")) {
            assertThat(running(folder.resolve(name))).isZero();
        }
    }

    @Test
    void oneThatDoesNotStartSaysWhyInItsOwnWords(@TempDir Path folder) throws IOException {
        DemoHome home = DemoHome.make(folder.resolve("home"));
        Path data = Files.createDirectories(home.folder().resolve("mariadb/data"));
        Files.writeString(data.resolve("ibdata1"), "not a tablespace");

        MySqlSide side = MySqlSide.start(home);

        assertThat(side).isInstanceOfSatisfying(MySqlSide.Failing.class, failing -> assertThat(failing.why())
                .startsWith("MariaDB does not start here: ")
                .contains("InnoDB: "));
        assertThat(running(home.folder())).isZero();
    }

    @Test
    void itsDataAreForTheOwnerAlone(@TempDir Path folder) throws Exception {
        DemoHome home = DemoHome.make(folder.resolve("home"));
        try (MariaDbShop shop = MariaDbShop.start(home)) {
            assertThat(shop.port()).isPositive();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())))
                    .isEqualTo("rwx------");
        }
    }

    private static CompletableFuture<MySqlSide> start(Path folder) throws IOException {
        DemoHome home = DemoHome.make(folder);
        return CompletableFuture.supplyAsync(() -> MySqlSide.start(home));
    }

    private static String secret(DemoHome home, String name) throws IOException {
        return Files.readString(home.folder().resolve("secrets").resolve(name));
    }

    private static long running(Path home) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .count();
    }

    private static List<String> column(String url, String user, String password, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        }
    }
}
