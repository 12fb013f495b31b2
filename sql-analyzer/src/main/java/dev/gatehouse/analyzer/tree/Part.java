package dev.gatehouse.analyzer.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** One of the things a {@link Verb} names or holds, with what becomes of it. */
public final class Part extends SqlCall {

    private static final Form OPERATOR = new Form("PART");

    private final Deed deed;
    private final String object;
    private final SqlNode node;
    private final @Nullable SqlNodeList columns;
    private final String detail;

    /**
     * Builds a part.
     *
     * @param object the kind of object in upper case, as the command would name it: {@code TABLE}, {@code INDEX}; empty
     *     where the deed alone says it
     * @param node an identifier where the deed is done to something with a name, else a statement, an expression or a literal
     * @param columns the columns it is restricted to; null for all, or where there are none
     * @param detail a word more, where the deed asks for one; else empty
     */
    public Part(Deed deed, String object, SqlNode node, @Nullable SqlNodeList columns, String detail) {
        super(node.getParserPosition());
        this.deed = deed;
        this.object = object;
        this.node = node;
        this.columns = columns;
        this.detail = detail;
    }

    public Deed deed() {
        return deed;
    }

    public String object() {
        return object;
    }

    public SqlNode node() {
        return node;
    }

    /** The name of what the deed is done to, with the names that qualify it; empty where the node is no name. */
    public List<String> name() {
        return node instanceof SqlIdentifier identifier ? identifier.names : List.of();
    }

    public @Nullable SqlNodeList columns() {
        return columns;
    }

    public String detail() {
        return detail;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public SqlParserPos getParserPosition() {
        return node.getParserPosition();
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Form.operands(node, columns);
    }

    @Override
    public String toString() {
        return deed + " " + object + " " + node + (columns == null ? "" : "(" + columns + ")");
    }
}
