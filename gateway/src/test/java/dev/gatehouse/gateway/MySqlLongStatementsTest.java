package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RealMariaDb;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements as long as those that dumps are made of run; for what is longer there is a bound, and an error that says so. */
@Timeout(180)
final class MySqlLongStatementsTest {

    private static final int MIB = 1 << 20;

    @TempDir
    private static Path folder;

    private static MySqlGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = MySqlGateway.start(RealMariaDb.shared(), folder);
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            assertThat(client.run("create table dumped (id int, word varchar(40), blobs longblob)"))
                    .isEqualTo("0 changed");
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String insert(int bytes, String row) {
        StringBuilder sql = new StringBuilder("INSERT INTO `dumped` VALUES ").append(row);
        while (sql.length() + row.length() + 1 <= bytes) {
            sql.append(',').append(row);
        }
        return sql.toString();
    }

    /** Sends a text; answers its error, or nothing where it succeeds. */
    private static String failure(MySqlWireClient client, String sql) throws Exception {
        client.begin(sql);
        ByteBuffer answer = client.receive();
        return answer.get(0) == 0 ? "" : MySqlWireClient.error(answer);
    }

    @Test
    void whatDumpsAreMadeOfRuns() throws Exception {
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            assertThat(failure(client, insert(MIB, "(1,'word','2024-01-01')"))).isEmpty();
            assertThat(failure(client, insert(2 * MIB, "(2,'another',NULL)"))).isEmpty();
            assertThat(failure(client, insert(4 * MIB, "(3,'some',_binary 'xyz\\0\\\\" + "b".repeat(3000) + "')")))
                    .isEmpty();
            assertThat(failure(client, insert(0, "(4,'hex',0x" + "C0FE".repeat(900_000) + ")")))
                    .isEmpty();
            assertThat(client.run("select length(blobs) from dumped where id = 4"))
                    .isEqualTo("1800000");
        }
    }

    @Test
    void whatIsLongerSaysSo() throws Exception {
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            assertThat(failure(client, insert(0, "(5,'long','" + "x".repeat(5 * MIB) + "')")))
                    .startsWith("1227 ")
                    .contains("could not be analysed");
            client.begin("show warnings");
            assertThat(client.result()).anySatisfy(row -> assertThat(
                            StandardCharsets.UTF_8.decode(row).toString())
                    .contains("longer than 4 MiB"));
            String text = insert(0, "(6,'longer','" + "x".repeat(12 * MIB) + "')");
            assertThat(failure(client, text)).startsWith("1153 ").contains("7.9 MiB");
            client.command(0x16, MySqlWireClient.buffer(text.length()).put(MySqlWireClient.bytes(text)));
            assertThat(MySqlWireClient.error(client.receive())).startsWith("1153 ");
            assertThat(client.run("select count(*) from dumped where id in (5, 6)"))
                    .isEqualTo("0");
        }
    }

    @Test
    void whatIsLongerRunsAsAParameter() throws Exception {
        try (MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            int statement = client.prepare("insert into dumped values (7, 'parameter', ?)");
            ByteBuffer ahead = MySqlWireClient.buffer(12 * MIB + 6);
            ahead.putInt(statement).putShort((short) 0).position(12 * MIB + 6);
            client.command(MySqlWireClient.LONG_DATA, ahead);
            ByteBuffer execute = MySqlWireClient.buffer(16);
            execute.putInt(statement)
                    .put((byte) 0)
                    .putInt(1)
                    .put((byte) 0)
                    .put((byte) 1)
                    .putShort((short) 0xfc);
            client.command(MySqlWireClient.EXECUTE, execute);
            assertThat(client.receive().get(0)).isZero();
            assertThat(client.run("select length(blobs) from dumped where id = 7"))
                    .isEqualTo("" + 12 * MIB);
        }
    }
}
