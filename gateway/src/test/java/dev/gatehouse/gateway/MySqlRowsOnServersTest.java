package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.wire.mysql.result.BinaryRows;
import dev.gatehouse.wire.mysql.result.ColumnDefinition;
import dev.gatehouse.wire.mysql.result.TextRows;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of every type, as both servers write them. */
class MySqlRowsOnServersTest {

    private static final String TYPES =
            "id int primary key, t tinyint, ut tinyint unsigned, s smallint, m mediumint, i int, ui int unsigned, "
                    + "l bigint, ul bigint unsigned, f float, d double, n decimal(20,5), da date, ti time(6), dt datetime(6), "
                    + "ts timestamp(3) null, y year, b bit(13), e enum('one','two'), st set('x','y'), c char(9), "
                    + "v varchar(300), bi binary(4), vb varbinary(9), tt tinytext, tx text, lt longtext, tb tinyblob, "
                    + "bl blob, lb longblob, j json, g point, la varchar(9) character set latin1, "
                    + "u2 varchar(9) character set ucs2, gb varchar(9) character set gbk";

    private static final String VALUES =
            "-1, 255, -2, -3, -4, 4294967295, -5, 18446744073709551615, 1.5, -2.25, 12345.678, "
                    + "'2024-02-29', '-838:59:58.000001', '2024-02-29 01:02:03.456789', '2024-02-29 01:02:03.456', 2024, b'101', "
                    + "'two', 'x,y', 'char', repeat('v', 251), 'bin', 'vbin', 'tiny', 'text', repeat('long', 20000), 'tb', x'ff00', "
                    + "repeat('b', 70000), '{\"a\": 1}', point(1,2), 'caf\u00e9', 'ucs', 'gbk'";

    /** Writes every value as it is. */
    private static final Mask SAME = new Mask() {
        @Override
        public int write(ByteBuf row, int index, int length, ByteBuf out) {
            out.writeBytes(row, index, length);
            return length;
        }

        @Override
        public String id() {
            return "same";
        }
    };

    /** Writes NULL. */
    private static final Mask NONE = new Mask() {
        @Override
        public int write(ByteBuf row, int index, int length, ByteBuf out) {
            return NULL;
        }

        @Override
        public String id() {
            return "none";
        }
    };

    private record Result(List<ColumnDefinition> columns, List<ByteBuf> rows) {}

    private static Result result(MySqlWireClient client) throws Exception {
        List<ByteBuffer> payloads = client.result();
        int width = payloads.get(0).get(0);
        List<ColumnDefinition> columns = new ArrayList<>();
        for (ByteBuffer payload : payloads.subList(1, 1 + width)) {
            columns.add(ColumnDefinition.read(Unpooled.wrappedBuffer(payload), 0, payload.remaining(), false));
        }
        List<ByteBuf> rows = payloads.subList(2 + width, payloads.size() - 1).stream()
                .map(Unpooled::wrappedBuffer)
                .toList();
        return new Result(columns, rows);
    }

    private static ByteBuf rewritten(Result result, ByteBuf row, List<@Nullable Mask> masks, boolean binary) {
        ByteBuf out = Unpooled.buffer();
        MaskPlan plan = MaskPlan.of(masks);
        if (binary) {
            new BinaryRows(result.columns).rewrite(plan, row, row.readerIndex(), row.readableBytes(), out);
        } else {
            TextRows.rewrite(plan, row, row.readerIndex(), row.readableBytes(), out);
        }
        return out;
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void theValuesOfEveryTypeAreFoundInTextAndInBinaryRows(MySqlProductUnderTest product) throws Exception {
        String database = product.server().createDatabase();
        String vector = product == MySqlProductUnderTest.MYSQL ? ", ve vector(3)" : ", uu uuid, ip inet6";
        String more = product == MySqlProductUnderTest.MYSQL
                ? ", string_to_vector('[1,2,3]')"
                : ", '123e4567-e89b-12d3-a456-426655440000', '::1'";
        try (Connection direct = product.server().connect(database);
                Statement statement = direct.createStatement()) {
            statement.execute("create table everything (" + TYPES + vector + ") default charset utf8mb4");
            statement.execute("insert into everything values (1, " + VALUES + more + ")");
            statement.execute("insert into everything (id) values (2)");
        }
        try (MySqlWireClient client = MySqlWireClient.to(product.server(), database, 0)) {
            ByteBuffer text = MySqlWireClient.buffer(64);
            text.put(MySqlWireClient.bytes("select * from everything order by id"));
            client.command(MySqlWireClient.QUERY, text);
            check(result(client), false);

            int prepared = client.prepare("select * from everything order by id");
            client.command(
                    MySqlWireClient.EXECUTE,
                    MySqlWireClient.buffer(9).putInt(prepared).put((byte) 0).putInt(1));
            check(result(client), true);
        }
    }

    private static void check(Result result, boolean binary) {
        assertThat(result.rows).hasSize(2);
        int width = result.columns.size();
        for (ByteBuf row : result.rows) {
            for (int column = 0; column < width; column++) {
                List<@Nullable Mask> same = masks(width, column, SAME);
                List<@Nullable Mask> none = masks(width, column, NONE);
                ColumnDefinition definition = result.columns.get(column);
                if (definition.isText()) {
                    assertThat(rewritten(result, row, same, binary))
                            .as(definition.name())
                            .isEqualTo(row);
                }
                ByteBuf nulled = rewritten(result, row, none, binary);
                assertThat(rewritten(result, nulled, none, binary))
                        .as(definition.name())
                        .isEqualTo(nulled);
            }
            ByteBuf empty = row;
            for (int column = 0; column < width; column++) {
                empty = rewritten(result, empty, masks(width, column, NONE), binary);
            }
            assertThat(empty.readableBytes()).isEqualTo(binary ? 1 + (width + 9) / 8 : width);
        }
        assertThat(result.columns.stream().filter(ColumnDefinition::isText).map(ColumnDefinition::name))
                .contains("c", "v", "tt", "tx", "lt", "la")
                .doesNotContain("id", "n", "da", "b", "e", "st", "bi", "vb", "tb", "bl", "lb", "g");
    }

    private static List<@Nullable Mask> masks(int width, int column, Mask mask) {
        List<@Nullable Mask> masks = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            masks.add(i == column ? mask : null);
        }
        return masks;
    }

    @ParameterizedTest
    @EnumSource(MySqlProductUnderTest.class)
    void aValueIsTextWhereItsCharacterSetHasAsciiAsItIs(MySqlProductUnderTest product) throws Exception {
        try (Connection direct = product.server().connect("mysql");
                Statement statement = direct.createStatement();
                ResultSet sets = statement.executeQuery(
                        "select id, character_set_name from information_schema.collations where id < 1024")) {
            while (sets.next()) {
                String set = sets.getString(2);
                boolean readable = !List.of(
                                "binary", "ucs2", "utf16", "utf16le", "utf32", "swe7", "sjis", "cp932", "big5", "gbk",
                                "gb18030")
                        .contains(set);
                assertThat(definition(sets.getInt(1)).isText())
                        .as("%s, %s", set, sets.getInt(1))
                        .isEqualTo(readable);
            }
        }
    }

    private static ColumnDefinition definition(int collation) {
        ByteBuf payload = Unpooled.buffer().writeZero(6).writeByte(12).writeShortLE(collation);
        payload.writeZero(4).writeByte(253).writeZero(5);
        return ColumnDefinition.read(payload, 0, payload.readableBytes(), false);
    }
}
