package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.settings.Loaded;
import dev.gatehouse.testing.RealMariaDb;
import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the journal's disk is as good as full, statements are refused in the protocol's own words, and the session lives. */
@Timeout(120)
final class FullDiskTest {

    private static final String LITTLE = "min_free: 1MiB";
    private static final String ALL = "min_free: 1000000TiB";

    @TempDir
    private Path folder;

    private static int count(Connection direct, String sql) throws SQLException {
        try (direct;
                Statement statement = direct.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void postgresClientsAreToldThatNothingRuns() throws Exception {
        InstalledTool.assume("psql");
        String database = TestGateway.shop();
        try (Gateway gateway = Configured.in(folder, database).with(LITTLE, ALL).start()) {
            String said = InstalledTool.run(
                    TestGateway.PASSWORD,
                    "\\set VERBOSITY verbose\nupdate orders set status = 'lost' where id = 1;\nselect 1;\n\\echo alive\n",
                    "psql",
                    "-X",
                    "-h",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(Configured.port(gateway)),
                    "-U",
                    "erik",
                    "-d",
                    "shop");
            assertThat(said.lines().filter(line -> line.startsWith("ERROR:  58000: statement not run")))
                    .hasSize(2);
            assertThat(said).contains("must stay free").contains("alive").endsWith("exit 0\n");
        }
        assertThat(count(RealPostgres.shared().connect(database), "select count(*) from orders where status = 'lost'"))
                .isZero();
    }

    @Test
    void mysqlClientsAreToldThatNothingRuns() throws Exception {
        InstalledTool.assume("mariadb");
        MySqlGateway usual = MySqlGateway.start(RealMariaDb.shared(), folder);
        usual.close();
        Path file = folder.resolve("gatehouse.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(LITTLE);
        Files.writeString(file, text.replace(LITTLE, ALL));
        Loaded loaded = Loaded.load(file, false, Map.of());
        try (Gateway gateway =
                Gateway.start(loaded.configuration().orElseThrow(() -> new AssertionError(loaded.report())))) {
            String said = InstalledTool.run(
                    "",
                    "update orders set status = 'lost' where id = 1;\nselect 1;\n",
                    "mariadb",
                    "--no-defaults",
                    "--host=127.0.0.1",
                    "--port=" + gateway.mysql().orElseThrow().getPort(),
                    "--user=erik",
                    "--password=" + TestGateway.PASSWORD,
                    "--skip-ssl",
                    "--skip-reconnect",
                    "--force",
                    usual.database());
            assertThat(said.lines().filter(line -> line.startsWith("ERROR 1815 (HY000)")))
                    .as(said)
                    .hasSize(2);
            assertThat(said).contains("statement not run, as it could not be recorded");
        }
        assertThat(count(usual.direct(), "select count(*) from orders where status = 'lost'"))
                .isZero();
    }
}
