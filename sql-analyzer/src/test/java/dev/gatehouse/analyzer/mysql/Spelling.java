package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.analyzer.tree.Verb.Trait;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** Writes commands in one line, so that a test can say what it expects. */
final class Spelling {

    private Spelling() {}

    static String of(List<SqlNode> commands) {
        return commands.stream().map(Spelling::of).collect(Collectors.joining("; "));
    }

    private static String of(SqlNode node) {
        if (node instanceof Verb verb) {
            return verb(verb);
        }
        if (node instanceof Passage passage) {
            return passage.tokens().remaining().stream()
                    .map(token -> token.written())
                    .collect(Collectors.joining(" ", "<", ">"));
        }
        if (node instanceof SqlIdentifier identifier) {
            return String.join(".", identifier.names);
        }
        if (node instanceof SqlLiteral literal) {
            return "'" + literal.toValue() + "'";
        }
        SqlCall call = (SqlCall) node;
        String operands = call.getOperandList().stream().map(Spelling::of).collect(Collectors.joining(", "));
        return call.getOperator().getName() + "(" + operands + ")";
    }

    private static String verb(Verb verb) {
        StringBuilder text = new StringBuilder(verb.getOperator().getName());
        for (Trait trait : Trait.values()) {
            if (verb.is(trait)) {
                text.append(" +").append(trait.name().toLowerCase(Locale.ROOT));
            }
        }
        for (Part part : verb.parts()) {
            text.append(" | ").append(part.deed().name().toLowerCase(Locale.ROOT));
            text.append(part.object().isEmpty() ? "" : " " + part.object());
            text.append(part.detail().isEmpty() ? "" : "/" + part.detail());
            text.append(' ').append(of(part.node()));
        }
        return text.toString();
    }
}
