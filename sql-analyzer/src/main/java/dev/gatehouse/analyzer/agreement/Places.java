package dev.gatehouse.analyzer.agreement;

import java.util.BitSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The places of a text that a tree tells of: where its names, literals, parameters and calls stood. */
final class Places {

    private final BitSet told = new BitSet();

    private Places() {}

    /** Collects a tree's places, as the positions of the lexer's tokens. */
    static BitSet of(SqlNode tree) {
        Places places = new Places();
        places.collect(tree);
        return places.told;
    }

    private void collect(@Nullable SqlNode node) {
        if (node == null) {
            return;
        }
        tell(node.getParserPosition());
        if (node instanceof SqlIdentifier name) {
            name(name);
        } else if (node instanceof SqlNodeList list) {
            list.forEach(this::collect);
        } else if (node instanceof SqlDataTypeSpec type) {
            type(type.getTypeNameSpec());
        } else if (node instanceof SqlCall call) {
            call(call);
        }
    }

    private void call(SqlCall call) {
        if (call.getOperator() instanceof SqlFunction function && function.getSqlIdentifier() != null) {
            name(function.getSqlIdentifier());
        }
        call.getOperandList().forEach(this::collect);
        if (call instanceof SqlWindow window) {
            collect(window.getDeclName());
            collect(window.getRefName());
        }
    }

    private void type(SqlTypeNameSpec type) {
        tell(type.getParserPos());
        name(type.getTypeName());
        if (type instanceof SqlCollectionTypeNameSpec collection) {
            type(collection.getElementTypeName());
        }
    }

    private void name(SqlIdentifier name) {
        for (int i = 0; i < name.names.size(); i++) {
            tell(name.getComponentParserPosition(i));
        }
    }

    private void tell(SqlParserPos position) {
        if (position.getColumnNum() > 0) {
            told.set(position.getColumnNum());
        }
    }
}
