package dev.gatehouse.wire.mysql.result;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.Prose;
import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.masking.ValueForm;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of one column of a result, or of one parameter.
 *
 * <p>{@code schema} and {@code org_table} are a witness of where a column comes from, and no more than that: MariaDB gives
 * the name of a derived table in place of the table's, and both servers give the column's name there in place of the base
 * column's. So they may say that a column is to be masked, never that it need not be.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_column_definition.html">
 *     Column Definition</a>
 * @see <a href="https://mariadb.com/kb/en/result-set-packets/#column-definition-packet">MariaDB: Column Definition
 *     Packet</a>
 */
public final class ColumnDefinition {

    private static final String SYSTEM_SCHEMA = "information_schema";
    private static final int FIXED_BYTES = 12;
    private static final int LENGTH_AT = 2;
    private static final int FLAGS_AT = 7;
    /** {@code NOT_NULL_FLAG}, {@code PRI_KEY_FLAG}, {@code UNIQUE_KEY_FLAG}: not true of masked values. */
    private static final int LOST_FLAGS = 1 | 2 | 4;
    /** {@code ENUM_FLAG} and {@code SET_FLAG}: values are from a list, which a mask knows nothing of. */
    private static final int LISTED_FLAGS = 256 | 2048;

    private static final int UNSIGNED_FLAG = 32;

    /** What a masked text has room for at least: its mask may write more than the column could hold. */
    private static final long MASKED_LENGTH = 1020;

    private final byte[] payload;
    private final int fixed;
    private final boolean extended;
    /** What MariaDB says of it besides its type. */
    private final String format;

    private final String schema;
    private final String originalTable;
    private final String name;
    private final String originalName;
    private final int charset;
    private final int type;
    private final int flags;

    private ColumnDefinition(Body body, byte[] payload, boolean mariaDbExtended, java.nio.charset.Charset names) {
        this.payload = payload;
        int start = body.index();
        body.skip(body.length());
        this.schema = name(body, names);
        body.skip(body.length());
        this.originalTable = name(body, names);
        this.name = name(body, names);
        this.originalName = name(body, names);
        int more = mariaDbExtended ? body.length() : 0;
        this.format = new String(body.bytes(more), StandardCharsets.ISO_8859_1);
        this.extended = more > 0;
        if (body.length() < FIXED_BYTES) {
            throw new ProtocolViolation("a column definition without its type");
        }
        this.fixed = body.index() - start;
        this.charset = body.int2();
        body.int4();
        this.type = body.int1();
        this.flags = body.int2();
    }

    private static String name(Body body, java.nio.charset.Charset names) {
        return new String(body.bytes(body.length()), names);
    }

    /**
     * Reads a payload whose names are in UTF-8.
     *
     * @throws ProtocolViolation if it is no column definition
     */
    public static ColumnDefinition read(ByteBuf bytes, int index, int length, boolean mariaDbExtended) {
        return read(bytes, index, length, mariaDbExtended, StandardCharsets.UTF_8);
    }

    /**
     * Reads a payload.
     *
     * @param bytes holds it, lent
     * @param mariaDbExtended whether MARIADB_CLIENT_EXTENDED_METADATA was agreed on
     * @param names what the names are in: {@code character_set_results}
     * @throws ProtocolViolation if it is no column definition
     */
    public static ColumnDefinition read(
            ByteBuf bytes, int index, int length, boolean mariaDbExtended, java.nio.charset.Charset names) {
        byte[] payload = new byte[length];
        bytes.getBytes(index, payload);
        return new ColumnDefinition(new Body(bytes, index, index + length), payload, mariaDbExtended, names);
    }

    public String name() {
        return name;
    }

    /** See {@link ColumnType}. */
    public int type() {
        return type;
    }

    /** Whether its values are numbers without a sign. */
    public boolean isUnsigned() {
        return (flags & UNSIGNED_FLAG) != 0;
    }

    /** Whether its values are character strings that a mask can read, and of any content. */
    public boolean isText() {
        return ColumnType.mayBeText(type) && Charset.isReadable(charset) && (flags & LISTED_FLAGS) == 0 && !extended;
    }

    /**
     * This column as a witness.
     *
     * @param binary whether its values come in binary rows
     * @param shown whether the result is that of a SHOW, whose columns are those of a system table where one is told
     */
    public ResultColumn witness(Catalog catalog, boolean binary, boolean shown) {
        boolean system = shown && schema.equalsIgnoreCase(SYSTEM_SCHEMA) && !originalTable.isEmpty();
        return new ResultColumn(name, form(binary), prose(), system, origins(catalog));
    }

    private ValueForm form(boolean binary) {
        return isText() ? ValueForm.STRINGS : Forms.of(type, (flags & UNSIGNED_FLAG) != 0, binary);
    }

    private Prose prose() {
        if (type == ColumnType.JSON || (format.contains("json") && Charset.isUtf8(charset))) {
            return Prose.JSON;
        }
        boolean listed = type == ColumnType.ENUM || type == ColumnType.SET || (flags & LISTED_FLAGS) != 0;
        if ((!listed && !ColumnType.mayBeText(type)) || !Charset.isReadable(charset)) {
            return Prose.NONE;
        }
        return !Charset.isUtf8(charset) ? Prose.ASCII : isText() ? Prose.PLAIN : Prose.LITERAL;
    }

    private @Nullable Set<Column> origins(Catalog catalog) {
        return schema.isEmpty() || originalTable.isEmpty()
                ? null
                : catalog.origins(new Table(schema, originalTable), originalName);
    }

    /**
     * Writes its payload as it is true of what the client gets.
     *
     * @param mask what the column's values are rewritten with; null where they are left alone
     */
    public void write(ByteBuf out, @Nullable Mask mask) {
        int start = out.writerIndex();
        out.writeBytes(payload);
        if (mask == null || !mask.replaces()) {
            return;
        }
        int at = start + fixed;
        out.setShortLE(at + FLAGS_AT, flags & ~LOST_FLAGS);
        if (isText()) {
            if (!Charset.isUtf8(charset)) {
                out.setShortLE(at, Charset.UTF8);
            }
            long room = Math.max(out.getUnsignedIntLE(at + LENGTH_AT), MASKED_LENGTH);
            out.setIntLE(at + LENGTH_AT, (int) room);
        }
    }

    /** Writes it as a packet, see {@link #write}. */
    public void write(ByteBuf out, int number, @Nullable Mask mask) {
        int start = Packet.begin(out, number);
        write(out, mask);
        Packet.end(out, start);
    }
}
