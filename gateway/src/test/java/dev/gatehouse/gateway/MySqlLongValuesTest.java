package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of many mebibytes, in both directions; and what a statement's columns are said to be before it is executed. */
@SuppressWarnings("ByteBufferBackingArray") // All buffers are made by wrap.
final class MySqlLongValuesTest {

    private static final int MIB = 1 << 20;
    private static final int VAR_STRING = 253;
    private static final int DEPRECATE_EOF = 1 << 24;

    @TempDir
    private Path folder;

    /** What is answered to a value of several pieces. */
    private static String sentAhead(MySqlWireClient client, int pieces, int bytes) throws Exception {
        int statement = client.prepare("select length(?)");
        for (int i = 0; i < pieces; i++) {
            ByteBuffer data = MySqlWireClient.buffer(bytes + 8);
            data.putInt(statement).putShort((short) 0).put(new byte[bytes]);
            client.command(MySqlWireClient.LONG_DATA, data);
        }
        ByteBuffer payload = MySqlWireClient.buffer(64);
        payload.putInt(statement).put((byte) 0).putInt(1).put((byte) 0).put((byte) 1);
        payload.putShort((short) VAR_STRING);
        client.command(MySqlWireClient.EXECUTE, payload);
        List<ByteBuffer> result = client.result();
        ByteBuffer last = result.get(Math.max(0, result.size() - 2));
        return result.size() == 1 ? MySqlWireClient.error(last) : Arrays.toString(last.array());
    }

    private static List<String> conversation(MySqlWireClient client) throws Exception {
        List<String> told = new ArrayList<>();
        told.add(sentAhead(client, 40, MIB));
        told.add(sentAhead(client, 3, 5 * MIB));
        told.add(sentAhead(client, 200_000, 3));
        told.add(sentAhead(client, 1, 17 * MIB));
        told.add(sentAhead(client, 1, 0xffffff - 7));
        for (int length : new int[] {0xffffff - 9, 0xffffff - 1, 0xffffff, 0x1000000, 0x1ffffff}) {
            told.add(length + " " + client.longRow("select repeat('x', " + length + ")"));
        }
        told.add(client.run("select length('" + "x".repeat(MIB / 2) + "')"));
        told.add(client.run("select 1"));
        return told;
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void longValuesPassAsFarAsTheServerTakesThem(MySqlProductUnderTest product) throws Exception {
        String before = set(product, "64 * 1024 * 1024");
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                MySqlWireClient direct = MySqlWireClient.to(product.server(), gateway.database(), 0);
                MySqlWireClient through = MySqlWireClient.through(gateway, "erik", 0);
                MySqlWireClient masked = MySqlWireClient.through(gateway, "maya", 0)) {
            List<String> told = conversation(direct);
            assertThat(conversation(through)).isEqualTo(told);
            assertThat(conversation(masked)).isEqualTo(told);
        } finally {
            set(product, before);
        }
    }

    /** A value in pieces that the server does not take as a whole is refused by it, and not by the gateway. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aValueThatIsTooLongIsRefusedByTheServer(MySqlProductUnderTest product) throws Exception {
        String before = set(product, "16 * 1024 * 1024");
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder);
                MySqlWireClient direct = MySqlWireClient.to(product.server(), gateway.database(), 0);
                MySqlWireClient through = MySqlWireClient.through(gateway, "erik", 0)) {
            String told = sentAhead(direct, 40, MIB);
            assertThat(sentAhead(through, 40, MIB)).isEqualTo(told);
            assertThat(through.run("select 1")).isEqualTo("1");
        } finally {
            set(product, before);
        }
    }

    private static String set(MySqlProductUnderTest product, String value) throws SQLException {
        try (Connection connection = product.server().connect("mysql");
                Statement statement = connection.createStatement()) {
            String before = MySqlStatementsTest.column(statement, "select @@global.max_allowed_packet")
                    .get(0);
            statement.execute("set global max_allowed_packet = " + value);
            return before;
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void columnsAreForetoldAsTheyWillBe(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            for (int more : new int[] {0, DEPRECATE_EOF}) {
                try (MySqlWireClient client = MySqlWireClient.through(gateway, "maya", more)) {
                    for (String sql : new String[] {
                        "select id, email, card, name from customers where id = ? and id < ?",
                        "select mail from contacts where contact = ? or contact < ?"
                    }) {
                        List<ByteBuffer> foretold = client.columns(sql);
                        ByteBuffer execution = MySqlWireClient.buffer(64);
                        execution
                                .putInt(client.prepare(sql))
                                .put((byte) 0)
                                .putInt(1)
                                .put((byte) 0)
                                .put((byte) 1);
                        execution
                                .putShort((short) 3)
                                .putShort((short) 3)
                                .putInt(1)
                                .putInt(1);
                        client.command(MySqlWireClient.EXECUTE, execution);
                        List<ByteBuffer> told = client.result(more == DEPRECATE_EOF);
                        assertThat(foretold).isEqualTo(told.subList(1, 1 + foretold.size()));
                    }
                }
            }
        }
    }
}
