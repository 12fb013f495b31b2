package dev.gatehouse.wire.mysql.prepared;

import dev.gatehouse.wire.mysql.message.Body;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import dev.gatehouse.wire.mysql.result.ColumnType;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * COM_STMT_EXECUTE, and MariaDB's COM_STMT_BULK_EXECUTE, which executes a statement once for each row of values.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_execute.html">COM_STMT_EXECUTE</a>
 * @see <a href="https://mariadb.com/kb/en/com_stmt_bulk_execute/">COM_STMT_BULK_EXECUTE</a>
 */
public final class Execute {

    /** The rows are to wait in a cursor, read only, for update or scrollable. */
    private static final int CURSOR = 1 | 2 | 4;

    /** How many values there are stands before them. */
    private static final int PARAMETER_COUNT_AVAILABLE = 8;

    private static final int BULK_SEND_TYPES = 128;
    private static final int BULK_SEND_UNIT_RESULTS = 64;

    /** How it was written. */
    private enum Form {
        PLAIN,
        /** Each type has the name of its value behind it. */
        NAMED,
        BULK
    }

    private final long statement;
    private final int flags;
    private final Form form;
    private final Binding binding;
    private final Types types;
    private final boolean typed;
    /** Where the payload says whether types follow. */
    private final int typesAt;

    private Execute(long statement, int flags, Form form, Binding binding, Types types, boolean typed, int typesAt) {
        this.statement = statement;
        this.flags = flags;
        this.form = form;
        this.binding = binding;
        this.types = types;
        this.typed = typed;
        this.typesAt = typesAt;
    }

    /** The statement's number, unsigned. */
    public long statement() {
        return statement;
    }

    /** Whether its rows are to wait in a cursor. */
    public boolean wantsCursor() {
        return form != Form.BULK && (flags & CURSOR) != 0;
    }

    /** The values it executes the statement with. */
    public Binding binding() {
        return binding;
    }

    Types types() {
        return types;
    }

    /** Whether it brought its types along. */
    boolean isTyped() {
        return typed;
    }

    /** The number of the statement a command is about, which stands first behind the command's own byte. */
    public static long statement(Body body) {
        return body.ahead().int4();
    }

    /**
     * Reads COM_STMT_EXECUTE.
     *
     * @param body from behind the command's own byte on
     * @param shape what is known of the statement's parameters; learns types that are sent
     * @param longData what was sent ahead
     * @param attributes whether CLIENT_QUERY_ATTRIBUTES was agreed on
     * @throws ProtocolViolation if servers would not all read it in the same way
     * @throws WrongArguments if a server could not read it either, by what it was told before
     */
    public static Execute read(Body body, Shape shape, LongData longData, boolean attributes) {
        int start = body.index() - 1;
        long statement = body.int4();
        int flags = body.int1();
        body.int4();
        longData.check(shape.parameters());
        boolean counted = attributes && (flags & PARAMETER_COUNT_AVAILABLE) != 0;
        int count = counted ? body.length() : shape.parameters();
        if (count < shape.parameters()) {
            throw new ProtocolViolation("an execution with " + count + " values for " + shape.parameters());
        }
        if (count == 0) {
            body.skip(body.left());
            return new Execute(statement, flags, Form.PLAIN, Binding.NONE, Types.NONE, true, 0);
        }
        byte[] nulls = body.bytes((count + 7) / 8);
        int typesAt = body.index() - start;
        boolean typed = body.int1() != 0;
        Types types = typed ? shape.learn(Types.read(body, count, attributes)) : shape.types();
        if (types == null || types.count() != count) {
            throw new WrongArguments("an execution whose values have no types");
        }
        Binding.Collector values = new Binding.Collector(types);
        for (int i = 0; i < count; i++) {
            read(body, values, longData.value(i), (nulls[i >> 3] >> (i & 7) & 1) != 0);
        }
        body.finish();
        Form form = attributes ? Form.NAMED : Form.PLAIN;
        return new Execute(statement, flags, form, values.finish(), types, typed, typesAt);
    }

    private static void read(Body body, Binding.Collector values, byte @Nullable [] ahead, boolean isNull) {
        int type = values.type();
        if (ahead != null) {
            if (type < ColumnType.TINY_BLOB || type > ColumnType.STRING) {
                throw new ProtocolViolation("a value sent ahead that is no string");
            }
            values.value(ahead);
        } else if (isNull) {
            values.nothing();
        } else if (type == ColumnType.NULL) {
            throw new ProtocolViolation("a value of the type that has none");
        } else {
            values.value(BinaryValue.read(body, type));
        }
    }

    /**
     * Reads COM_STMT_BULK_EXECUTE.
     *
     * @param body from behind the command's own byte on
     * @param shape what is known of the statement's parameters; learns types that are sent
     * @throws ProtocolViolation if servers would not all read it in the same way
     */
    public static Execute readBulk(Body body, Shape shape) {
        int start = body.index() - 1;
        long statement = body.int4();
        int typesAt = body.index() - start;
        int flags = body.int2();
        if ((flags & ~(BULK_SEND_TYPES | BULK_SEND_UNIT_RESULTS)) != 0) {
            throw new ProtocolViolation("a bulk execution with flags " + flags);
        }
        int count = shape.parameters();
        boolean typed = (flags & BULK_SEND_TYPES) != 0;
        Types types = typed ? shape.learn(Types.read(body, count, false)) : shape.types();
        if (count == 0 || types == null || types.count() != count) {
            throw new ProtocolViolation("a bulk execution whose values have no types");
        }
        Binding.Collector values = new Binding.Collector(types);
        while (body.left() > 0) {
            for (int i = 0; i < count; i++) {
                int indicator = body.int1();
                if (indicator != 0) {
                    values.indicator(indicator);
                } else {
                    read(body, values, null, false);
                }
            }
        }
        return new Execute(statement, flags, Form.BULK, values.finish(), types, typed, typesAt);
    }

    /**
     * Writes its payload with the types that it lacks.
     *
     * @param payload what it was read from, the command's own byte included; lent
     */
    public void writeTyped(ByteBuf payload, int index, int length, ByteBuf out) {
        out.writeBytes(payload, index, typesAt);
        int behind = typesAt;
        if (form == Form.BULK) {
            out.writeShortLE(flags | BULK_SEND_TYPES);
            behind += Short.BYTES;
        } else {
            out.writeByte(1);
            behind++;
        }
        types.write(out, form == Form.NAMED);
        out.writeBytes(payload, index + behind, length - behind);
    }
}
