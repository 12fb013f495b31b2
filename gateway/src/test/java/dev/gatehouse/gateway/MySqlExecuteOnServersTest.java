package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.prepared.Execute;
import dev.gatehouse.wire.mysql.prepared.LongData;
import dev.gatehouse.wire.mysql.prepared.Shape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The values an execution is ruled on are those that the server reads. */
class MySqlExecuteOnServersTest {

    private static final int QUERY_ATTRIBUTES = 1 << 27;
    private static final int BLOB = 252;
    private static final int VAR_STRING = 253;
    private static final String MARK = "mark";

    /** A value's bytes in which every way of reading them ends elsewhere, all of one length. */
    private static byte[] sample(int type) {
        return switch (type) {
            case 1 -> new byte[] {65};
            case 2 -> new byte[] {65, 1};
            case 3, 4 -> new byte[] {65, 1, 2, 3};
            case 5 -> MySqlWireClient.buffer(8).putDouble(2.5).array();
            case 8 -> new byte[] {65, 1, 2, 3, 4, 5, 6, 7};
            case 10 -> new byte[] {4, (byte) 0xe8, 7, 2, 3};
            case 7, 12 -> new byte[] {7, (byte) 0xe8, 7, 2, 3, 4, 5, 6};
            case 11 -> new byte[] {8, 1, 1, 0, 0, 0, 4, 5, 6};
            default -> new byte[] {3, '1', '2', '3'};
        };
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void ofEveryTypeThatIsReadHereTheServerReadsAsMuch(MySqlProductUnderTest product) throws Exception {
        try (MySqlWireClient client = product.client(0)) {
            int statement = client.prepare("select ?, concat(?, '')");
            List<Integer> read = new ArrayList<>();
            for (int type = 0; type <= 255; type++) {
                if (type == 6) {
                    continue;
                }
                ByteBuffer payload = execution(statement, 0, 2);
                payload.putShort((short) type).putShort((short) VAR_STRING).put(sample(type));
                payload.put((byte) MARK.length()).put(MySqlWireClient.bytes(MARK));
                Optional<List<@Nullable String>> here = here(payload, 2, new LongData(), false);
                if (here.isPresent()) {
                    read.add(type);
                    client.command(MySqlWireClient.EXECUTE, payload);
                    assertThat(row(client))
                            .as("behind a value of type %s", type)
                            .endsWith(value(MARK));
                    assertThat(here.get().get(1)).isEqualTo(MARK);
                }
            }
            assertThat(read).contains(1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 246, 252, 253, 254);
        }
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aValueSentAheadTakesNoRoomInTheExecutionAndIsForgottenWithIt(MySqlProductUnderTest product) throws Exception {
        try (MySqlWireClient client = product.client(0)) {
            int statement = client.prepare("select concat(?, '/', ?)");
            for (byte nulls : new byte[] {0, 1}) {
                LongData ahead = new LongData();
                for (String piece : new String[] {"first ", "second"}) {
                    ByteBuffer data = MySqlWireClient.buffer(64);
                    data.putInt(statement).putShort((short) 0).put(MySqlWireClient.bytes(piece));
                    client.command(MySqlWireClient.LONG_DATA, data);
                    ahead.add(0, MySqlWireClient.bytes(piece));
                }
                ByteBuffer payload = execution(statement, nulls, 2);
                payload.putShort((short) BLOB).putShort((short) VAR_STRING);
                payload.put((byte) MARK.length()).put(MySqlWireClient.bytes(MARK));
                client.command(MySqlWireClient.EXECUTE, payload);

                assertThat(row(client)).endsWith(value("first second/" + MARK));
                assertThat(here(payload, 2, ahead, false)).contains(List.of("first second", MARK));
            }
            ByteBuffer again = execution(statement, 0, 2);
            again.putShort((short) BLOB).putShort((short) VAR_STRING);
            again.put((byte) 1).put((byte) 'x').put((byte) MARK.length()).put(MySqlWireClient.bytes(MARK));
            client.command(MySqlWireClient.EXECUTE, again);

            assertThat(row(client)).endsWith(value("x/" + MARK));
        }
    }

    @ParameterizedTest
    @EnumSource(value = MySqlProductUnderTest.class, names = "MYSQL")
    void attributesStandBehindTheParameters(MySqlProductUnderTest product) throws Exception {
        try (MySqlWireClient client = product.client(QUERY_ATTRIBUTES)) {
            int statement = client.prepare("select concat(?, '')");
            ByteBuffer payload = MySqlWireClient.buffer(256);
            payload.putInt(statement)
                    .put((byte) 8)
                    .putInt(1)
                    .put((byte) 2)
                    .put((byte) 0)
                    .put((byte) 1);
            payload.putShort((short) VAR_STRING).put((byte) 0);
            payload.putShort((short) VAR_STRING).put((byte) 5).put(MySqlWireClient.bytes("trace"));
            payload.put((byte) MARK.length())
                    .put(MySqlWireClient.bytes(MARK))
                    .put((byte) 2)
                    .put(MySqlWireClient.bytes("id"));
            client.command(MySqlWireClient.EXECUTE, payload);

            assertThat(row(client)).endsWith(value(MARK));
            assertThat(here(payload, 1, new LongData(), true)).contains(List.of(MARK, "trace = id"));
        }
    }

    private static ByteBuffer execution(int statement, int nulls, int parameters) {
        ByteBuffer payload = MySqlWireClient.buffer(256);
        payload.putInt(statement).put((byte) 0).putInt(1);
        return payload.put((byte) (parameters == 0 ? 0 : nulls)).put((byte) 1);
    }

    private static byte[] bytes(ByteBuffer written) {
        byte[] bytes = new byte[written.position()];
        written.duplicate().flip().get(bytes);
        return bytes;
    }

    /** What is read of it here; empty where it is refused. */
    private static Optional<List<@Nullable String>> here(
            ByteBuffer payload, int parameters, LongData ahead, boolean attributes) {
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {MySqlWireClient.EXECUTE}, bytes(payload));
        try {
            Execute execute =
                    Execute.read(new Body(bytes, 1, bytes.writerIndex()), new Shape(parameters), ahead, attributes);
            List<@Nullable String> texts = new ArrayList<>();
            for (Parameter parameter : execute.binding().parameters()) {
                texts.add(parameter.text());
            }
            return Optional.of(texts);
        } catch (ProtocolViolation refused) {
            return Optional.empty();
        }
    }

    /** The one row of the result; the whole answer where it is an error. */
    private static String row(MySqlWireClient client) throws Exception {
        List<ByteBuffer> result = client.result();
        ByteBuffer row = result.get(result.size() == 1 ? 0 : result.size() - 2);
        return StandardCharsets.ISO_8859_1.decode(row).toString();
    }

    /** A value as it stands in a row. */
    private static String value(String text) {
        return (char) text.length() + text;
    }
}
