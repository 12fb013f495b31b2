package dev.gatehouse.analyzer.tree;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A form of SQL that Calcite has no operator for. It prints as a call. */
public final class Form extends SqlOperator {

    /** {@code ONLY t}: a table without what inherits from it. Operand: the table. */
    public static final Form ONLY = new Form("ONLY");
    /** A function's rows, numbered. Operand: the table. */
    public static final Form WITH_ORDINALITY = new Form("WITH ORDINALITY");
    /** Several functions' rows side by side. Operands: the calls. */
    public static final Form ROWS_FROM = new Form("ROWS FROM");
    /** A column with its type, in a function's alias. Operands: the name, the type. */
    public static final Form COLUMN = new Form("COLUMN");
    /** {@code JOIN … USING (…) AS a}. Operands: the join, the alias. */
    public static final Form JOIN_ALIAS = new Form("JOIN ALIAS");
    /** A query that locks its rows. Operands: the query, the locks. */
    public static final Form LOCKING = new Form("LOCKING");
    /** {@code FOR UPDATE OF t NOWAIT}. Operands: the strength as a literal, the list of tables, how it waits as a literal. */
    public static final Form LOCK = new Form("FOR");
    /** {@code a = 1} in SET. Operands: what is assigned (a name, an element of it, or a ROW of them), the value. */
    public static final Form ASSIGN = new Form("ASSIGN");
    /** {@code DEFAULT} as a value. */
    public static final Form DEFAULT = new Form("DEFAULT");
    /** {@code WHERE CURRENT OF c}. Operand: the cursor. */
    public static final Form CURRENT_OF = new Form("CURRENT OF");
    /** {@code t.*} or {@code (expression).*} as a value. Operand: the row. */
    public static final Form ALL_FIELDS = new Form("ALL FIELDS");
    /** {@code a[1:2]}. Operands: the array, the bounds, of which one may be null. */
    public static final Form SLICE = new Form("SLICE");
    /** {@code a COLLATE c}. Operands: the value, the collation. */
    public static final Form COLLATE = new Form("COLLATE");
    /** What an index compares, by an operator class. Operands: the value, the class. */
    public static final Form OPERATOR_CLASS = new Form("OPERATOR CLASS");
    /** {@code a AT TIME ZONE z}; {@code AT LOCAL} has one operand. */
    public static final Form AT_TIME_ZONE = new Form("AT TIME ZONE");
    /** A comparison with ANY, SOME or ALL. Operands: the operator as a literal, the value, the array or query. */
    public static final Form QUANTIFIED = new Form("QUANTIFIED");
    /** The order of an aggregate's input inside its parentheses. Operands: the call, the list of keys. */
    public static final Form ORDERED = new Form("ORDERED");
    /** {@code ORDER BY k USING op}. Operands: the key, the operator as a literal. */
    public static final Form SORT_USING = new Form("USING");
    /** {@code VARIADIC a}. Operand: the array. */
    public static final Form VARIADIC = new Form("VARIADIC");
    /** {@code @x}, {@code @@x}. Operand: its name as a literal. */
    public static final Form VARIABLE = new Form("VARIABLE");
    /** {@code @x := v}. Operands: the variable, the value. */
    public static final Form ASSIGN_VARIABLE = new Form(":=");
    /** Where a query's only row goes in place of the client. Operands: variables. */
    public static final Form INTO_VARIABLES = new Form("INTO");
    /** The server's file a query's rows go to. Operand: its name. */
    public static final Form INTO_FILE = new Form("INTO FILE");
    /** A new table a query's rows go to. Operand: its name. */
    public static final Form INTO_TABLE = new Form("INTO TABLE");

    /**
     * A query of WITH whose rows are numbered in the order they are found. Operands: the query, the columns, the name of a
     * column it adds.
     */
    public static final Form SEARCH = new Form("SEARCH");
    /**
     * A query of WITH that notices when it goes in circles. Operands: the query, the columns, the names of two columns it
     * adds, the mark's two values, of which both may be null.
     */
    public static final Form CYCLE = new Form("CYCLE");
    /** XMLTABLE, JSON_TABLE. Operands: the call with what its rows are made from, the list of its {@link #COLUMN}s. */
    public static final Form TABLE_OF = new Form("TABLE OF");
    /** {@code WITH (OLD AS o, NEW AS n)}, before the items of RETURNING. Operand: a list of AS. */
    public static final Form ROW_NAMES = new Form("ROW NAMES");
    /**
     * A table with MySQL's clauses about which of its rows are read, and how. Operands: the table, the list of the
     * partitions and indexes they name, the list of points in time.
     */
    public static final Form NARROWED = new Form("NARROWED");
    /** The next or the last value of a sequence. Operand: its name. */
    public static final Form SEQUENCE = new Form("SEQUENCE");
    /** {@code b'101'}. Operand: the digits as a literal. */
    public static final Form BITS = new Form("BITS");

    public Form(String name) {
        super(name, SqlKind.OTHER, 100, 100, null, null, null);
    }

    /** A node of this form. */
    public SqlBasicCall node(SqlParserPos position, @Nullable SqlNode... operands) {
        return new SqlBasicCall(this, Arrays.asList(operands), position);
    }

    /** Whether a node is of this form. */
    public boolean is(@Nullable SqlNode node) {
        return node instanceof SqlCall call && call.getOperator().equals(this);
    }

    @Override
    public SqlSyntax getSyntax() {
        return SqlSyntax.FUNCTION;
    }

    /** Operands that may be missing, for the list a call gives of them. */
    @SuppressWarnings("NullAway")
    static List<SqlNode> operands(@Nullable SqlNode... operands) {
        return Arrays.asList(operands);
    }

    /** The word a literal of ours stands for. */
    public static String word(SqlNode literal) {
        return Objects.requireNonNull(((SqlLiteral) literal).toValue());
    }
}
