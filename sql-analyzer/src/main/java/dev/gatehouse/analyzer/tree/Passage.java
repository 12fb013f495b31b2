package dev.gatehouse.analyzer.tree;

import dev.gatehouse.analyzer.lexer.Cursor;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that no grammar has read yet, in the place of the node they will become. What is still one in the end is not
 * known.
 */
public final class Passage extends SqlCall {

    private static final Form OPERATOR = new Form("PASSAGE");

    private final Cursor tokens;

    /**
     * Keeps tokens for later.
     *
     * @param tokens stands at the first, and ends after the last
     */
    public Passage(Cursor tokens) {
        super(new SqlParserPos(1, tokens.peek().position()));
        this.tokens = tokens;
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
        return List.of();
    }

    /** Two passages are never known to say the same. */
    @Override
    public boolean equalsDeep(@Nullable SqlNode other, Litmus litmus) {
        return this == other;
    }
}
