package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the gateway does not offer: drivers that would use it do without, and who uses it all the same is refused. */
final class MySqlUnofferedTest {

    private static final int COMPRESS = 1 << 5;
    private static final int ZSTD = 1 << 26;
    private static final int QUERY_ATTRIBUTES = 1 << 27;
    private static final int OPTIONAL_METADATA = 1 << 25;
    private static final int EXPIRED_PASSWORDS = 1 << 22;
    private static final int SEVERAL_FACTORS = 1 << 28;
    private static final int EXTENSION = 1 << 29;
    private static final long BULK = 1L << 34;
    private static final long CACHE_METADATA = 1L << 36;
    private static final int BULK_EXECUTE = 0xfa;
    private static final int ROWS = 50;

    @TempDir
    private Path folder;

    private static void insertInBatches(Connection connection, int first) throws Exception {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into orders (id, customer, status) values (?, ?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                insert.setInt(1, first + i);
                if (i % 7 == 0) {
                    insert.setNull(2, Types.INTEGER);
                } else {
                    insert.setInt(2, i);
                }
                insert.setString(3, "batch " + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(ROWS).doesNotContain(Statement.EXECUTE_FAILED);
        }
        try (Statement statement = connection.createStatement()) {
            String found = "select count(*), count(customer), max(status) from orders where id >= " + first
                    + " and id < " + (first + ROWS);
            assertThat(MySqlStatementsTest.column(statement, found)).containsExactly("50");
            assertThat(MySqlStatementsTest.column(
                            statement, "select status from orders where id = " + (first + ROWS - 1)))
                    .containsExactly("batch 49");
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void driversThatSendManyRowsAtOnceDoWithout(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            try (Connection connection =
                    gateway.connect("erik", "useBulkStmts", "true", "useServerPrepStmts", "true")) {
                insertInBatches(connection, 20_000);
            }
            try (Connection connection = gateway.connect("erik", "useBulkStmts", "true")) {
                insertInBatches(connection, 21_000);
            }
            for (String how : new String[] {"", "&useServerPrepStmts=true"}) {
                String url = "jdbc:mysql://127.0.0.1:" + gateway.port() + "/" + gateway.database()
                        + "?allowPublicKeyRetrieval=true&sslMode=DISABLED&rewriteBatchedStatements=true" + how;
                try (Connection connection = DriverManager.getConnection(url, "erik", TestGateway.PASSWORD)) {
                    insertInBatches(connection, how.isEmpty() ? 22_000 : 23_000);
                }
            }
        }
    }

    private static MySqlWireClient client(MySqlGateway gateway, long more) throws Exception {
        gateway.connect("erik").close();
        return MySqlWireClient.to("127.0.0.1", gateway.port(), "erik", TestGateway.PASSWORD, gateway.database(), more);
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whoUsesWhatWasNotOfferedIsRefusedAndGoesOn(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            try (MySqlWireClient client = client(gateway, BULK)) {
                int statement = client.prepare("insert into orders (id) values (?)");
                ByteBuffer bulk = MySqlWireClient.buffer(32);
                bulk.putInt(statement).putShort((short) 128).putShort((short) 3);
                bulk.put((byte) 0).putInt(30_001).put((byte) 0).putInt(30_002);
                client.command(BULK_EXECUTE, bulk);
                assertThat(MySqlWireClient.error(client.receive())).startsWith("1227 ");
                assertThat(client.run("select count(*) from orders where id > 30000"))
                        .isEqualTo("0");
            }
            try (MySqlWireClient client = client(gateway, QUERY_ATTRIBUTES)) {
                ByteBuffer query = MySqlWireClient.buffer(64);
                query.put((byte) 1).put((byte) 1).put((byte) 0).put((byte) 1).putShort((short) 0xfd);
                query.put((byte) 1)
                        .put((byte) 'a')
                        .put((byte) 1)
                        .put((byte) 'b')
                        .put(MySqlWireClient.bytes("select 1"));
                client.command(MySqlWireClient.QUERY, query);
                assertThat(MySqlWireClient.error(client.receive())).startsWith("1227 ");
                assertThat(client.run("select 1")).isEqualTo("1");
            }
            try (MySqlWireClient client = client(gateway, EXPIRED_PASSWORDS | SEVERAL_FACTORS | EXTENSION)) {
                assertThat(client.run("select 1")).isEqualTo("1");
            }
            for (long metadata : new long[] {OPTIONAL_METADATA, CACHE_METADATA}) {
                try (MySqlWireClient client = client(gateway, metadata)) {
                    client.begin("select 1, 2");
                    List<ByteBuffer> result = client.result();
                    assertThat(result).hasSize(1 + 2 + 1 + 1 + 1);
                    assertThat(result.get(0)).isEqualTo(ByteBuffer.wrap(new byte[] {2}));
                }
            }
        }
    }

    /** A client that compresses, as PHP's does where it is asked to, offered or not, would be waited for without end. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void whoWillCompressIsToldAtOnceThatItIsNotOffered(MySqlProductUnderTest product) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder)) {
            gateway.connect("erik").close();
            for (long compression : new long[] {COMPRESS, ZSTD, COMPRESS | ZSTD | BULK}) {
                for (String user : new String[] {"erik", "nobody"}) {
                    assertThatThrownBy(() -> MySqlWireClient.to(
                                            "127.0.0.1",
                                            gateway.port(),
                                            user,
                                            TestGateway.PASSWORD,
                                            gateway.database(),
                                            compression)
                                    .close())
                            .hasMessageContaining("#08S01Bad handshake: compression was not offered");
                }
            }
        }
    }
}
