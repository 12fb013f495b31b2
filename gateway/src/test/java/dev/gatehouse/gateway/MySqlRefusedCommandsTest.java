package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.mysql.message.Commands;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that hide or bypass SQL, for somebody whose policy allows everything. */
final class MySqlRefusedCommandsTest {

    private static final int ACCESS_DENIED = 1227;
    private static final int[] REFUSED = {
        Commands.CREATE_DB,
        Commands.DROP_DB,
        Commands.REFRESH,
        Commands.SHUTDOWN,
        Commands.PROCESS_INFO,
        Commands.DEBUG,
        Commands.TABLE_DUMP,
        Commands.BINLOG_DUMP,
        Commands.BINLOG_DUMP_GTID,
        Commands.REGISTER_SLAVE,
        Commands.CLONE,
        Commands.SUBSCRIBE_GROUP_REPLICATION_STREAM,
        Commands.STMT_BULK_EXECUTE
    };

    private static ByteBuffer payload(int size) {
        return MySqlWireClient.buffer(size).put(new byte[size]);
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void eachIsAnErrorBehindWhichTheSessionGoesOn(MySqlProductUnderTest product, @TempDir Path folder)
            throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder, TestGateway.EVERYTHING);
                MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0)) {
            for (int command : REFUSED) {
                for (int size : new int[] {0, 1, 4, 40}) {
                    client.command(command, payload(size));
                    assertThat(MySqlWireClient.error(client.receive()))
                            .as("command 0x%x with %s bytes", command, size)
                            .startsWith(ACCESS_DENIED + " ");
                    assertThat(client.received()).isEqualTo(1);
                    assertThat(client.run("select 1 + 1")).isEqualTo("2");
                }
            }
        }
    }

    /** It takes the number that the gateway gave, and ends that connection alone. */
    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aConnectionIsEndedByItsNumber(MySqlProductUnderTest product, @TempDir Path folder) throws Exception {
        try (MySqlGateway gateway = MySqlGateway.start(product.server(), folder, TestGateway.EVERYTHING);
                MySqlWireClient client = MySqlWireClient.through(gateway, "erik", 0);
                MySqlWireClient other = MySqlWireClient.through(gateway, "erik", 0)) {
            int number = Integer.parseInt(other.run("select connection_id()"));
            client.command(Commands.PROCESS_KILL, MySqlWireClient.buffer(4).putInt(number + 1_000_000));
            assertThat(MySqlWireClient.error(client.receive())).startsWith("1094 ");
            assertThat(other.run("select 1 + 1")).isEqualTo("2");
            client.command(Commands.PROCESS_KILL, MySqlWireClient.buffer(4).putInt(number));
            assertThat(client.receive().get(0)).isZero();
            assertThat(other.isClosed()).isTrue();
            assertThat(client.run("select 1 + 1")).isEqualTo("2");
        }
    }
}
