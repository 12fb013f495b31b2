package dev.gatehouse.analyzer.second;

import java.util.List;
import net.sf.jsqlparser.expression.WindowDefinition;
import net.sf.jsqlparser.expression.WindowElement;
import net.sf.jsqlparser.expression.WindowOffset;
import net.sf.jsqlparser.statement.select.OrderByElement;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** Translates the windows of window functions. */
final class Windows {

    private final Translation translation;

    Windows(Translation translation) {
        this.translation = translation;
    }

    /** What stands after OVER: a name alone, or a definition. */
    SqlNode window(@Nullable String name, @Nullable WindowDefinition definition) {
        if (definition == null) {
            if (name == null) {
                throw Nodes.unknown(WindowDefinition.class, " that is missing");
            }
            return translation.name(name);
        }
        boolean empty = isEmpty(definition.getPartitionBy())
                && orderings(definition).isEmpty()
                && definition.getWindowElement() == null
                && definition.getWindowName() == null;
        if (name != null) {
            if (!empty) {
                throw Nodes.unknown(WindowDefinition.class, " with two names");
            }
            return translation.name(name);
        }
        return defined(null, definition);
    }

    /** A window of a WINDOW clause. */
    SqlNode declared(WindowDefinition definition) {
        return defined(translation.name(definition.getWindowName()), definition);
    }

    /** The order of WITHIN GROUP. */
    SqlNodeList order(@Nullable WindowDefinition definition) {
        if (definition == null || definition.getWindowElement() != null || !isEmpty(definition.getPartitionBy())) {
            throw Nodes.unknown(WindowDefinition.class, " in WITHIN GROUP");
        }
        Nodes.whole(definition);
        return translation.queries().order(orderings(definition));
    }

    private static boolean isEmpty(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }

    private static List<OrderByElement> orderings(WindowDefinition definition) {
        List<OrderByElement> order = definition.getOrderByElements();
        return order == null ? List.of() : order;
    }

    private SqlNode defined(@Nullable SqlIdentifier name, WindowDefinition definition) {
        Nodes.whole(definition);
        SqlNodeList partition = SqlNodeList.EMPTY;
        if (definition.getPartitionBy() != null) {
            partition = translation.expressions().list(definition.getPartitionBy());
        }
        SqlIdentifier reference = name == null && definition.getWindowName() != null
                ? translation.name(definition.getWindowName())
                : null;
        WindowElement frame = definition.getWindowElement();
        SqlNode lower = null;
        SqlNode upper = null;
        if (frame != null) {
            Nodes.whole(frame);
            WindowOffset start = frame.getRange() == null
                    ? frame.getOffset()
                    : Nodes.whole(frame.getRange()).getStart();
            lower = bound(start, true);
            upper = frame.getRange() == null ? null : bound(frame.getRange().getEnd(), false);
        }
        boolean rows = frame != null && frame.getType() == WindowElement.Type.ROWS;
        return SqlWindow.create(
                name,
                reference,
                partition,
                translation.queries().order(orderings(definition)),
                SqlLiteral.createBoolean(rows, Translation.NOWHERE),
                lower,
                upper,
                null,
                Translation.NOWHERE);
    }

    private SqlNode bound(WindowOffset offset, boolean start) {
        Nodes.whole(offset);
        SqlNode distance = translation.expressions().ofNullable(offset.getExpression());
        return switch (offset.getType()) {
            case CURRENT -> SqlWindow.createCurrentRow(Translation.NOWHERE);
            case PRECEDING ->
                distance == null
                        ? SqlWindow.createUnboundedPreceding(Translation.NOWHERE)
                        : SqlWindow.createPreceding(distance, Translation.NOWHERE);
            case FOLLOWING ->
                distance == null
                        ? SqlWindow.createUnboundedFollowing(Translation.NOWHERE)
                        : SqlWindow.createFollowing(distance, Translation.NOWHERE);
            case EXPR -> {
                if (distance == null) {
                    throw Nodes.unknown(WindowOffset.class, " without a distance");
                }
                yield start
                        ? SqlWindow.createPreceding(distance, Translation.NOWHERE)
                        : SqlWindow.createFollowing(distance, Translation.NOWHERE);
            }
        };
    }
}
