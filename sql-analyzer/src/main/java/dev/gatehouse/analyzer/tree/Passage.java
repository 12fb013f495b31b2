package dev.gatehouse.analyzer.tree;

import dev.gatehouse.analyzer.lexer.Cursor;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * A statement or expression inside a {@link Verb}. Who accounts for it may choose how its tokens are read; who walks the
 * tree finds the node they make as its only operand.
 */
public final class Passage extends SqlCall {

    private static final Form OPERATOR = new Form("PASSAGE");

    private final Cursor tokens;
    private final @Nullable Function<Cursor, SqlNode> reader;
    private @Nullable SqlNode tree;

    /** Keeps tokens that no grammar reads: without an operand. */
    public Passage(Cursor tokens) {
        super(new SqlParserPos(1, tokens.peek().position()));
        this.tokens = tokens;
        this.reader = null;
    }

    /**
     * Keeps tokens for later.
     *
     * @param tokens stands at the first, and ends after the last
     * @param reader makes a node of them, or throws {@link dev.gatehouse.analyzer.lexer.Unreadable}
     */
    public Passage(Cursor tokens, Function<Cursor, SqlNode> reader) {
        super(new SqlParserPos(1, tokens.peek().position()));
        this.tokens = tokens;
        this.reader = reader;
    }

    /** What there is to read. */
    public Cursor tokens() {
        return tokens;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        if (tree == null && reader != null) {
            tree = reader.apply(tokens);
        }
        return tree == null ? List.of() : List.of(tree);
    }

    /** Two passages are never known to say the same. */
    @Override
    public boolean equalsDeep(@Nullable SqlNode other, Litmus litmus) {
        return this == other;
    }

    @Override
    public String toString() {
        return OPERATOR.getName();
    }
}
