package dev.gatehouse.analyzer.verb;

import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.analyzer.tree.Verb.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What a command was found to say so far; what was said last can be taken back. */
final class Draft {

    private static final Set<String> RELATIONS =
            Set.of("TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "COMPOSITE TYPE");

    private sealed interface Note {}

    private record Named(Deed deed, String object, SqlNode node, String detail) implements Note {}

    private record Column(SqlIdentifier name, boolean own) implements Note {}

    private record Noted(Trait trait) implements Note {}

    private record Answered(List<String> columns) implements Note {}

    private record Detailed(Deed deed, String detail) implements Note {}

    private final List<Note> notes = new ArrayList<>();

    int mark() {
        return notes.size();
    }

    /** Forgets what was said since. */
    void reset(int mark) {
        notes.subList(mark, notes.size()).clear();
    }

    void part(Deed deed, String object, SqlNode node, String detail) {
        notes.add(new Named(deed, object, node, detail));
    }

    /**
     * A column.
     *
     * @param own whether it is one of the command's first relation, and not of the part before
     */
    void column(SqlIdentifier name, boolean own) {
        notes.add(new Column(name, own));
    }

    void note(Trait trait) {
        notes.add(new Noted(trait));
    }

    void answers(List<String> columns) {
        notes.add(new Answered(columns));
    }

    void detail(Deed deed, String detail) {
        notes.add(new Detailed(deed, detail));
    }

    Verb verb(SqlParserPos position, String verb, String object) {
        List<Part> parts = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        boolean first = true;
        for (int i = 0; i < notes.size(); i++) {
            Note note = notes.get(i);
            if (note instanceof Named named) {
                boolean relation = first && RELATIONS.contains(named.object());
                parts.add(part(named, i, relation));
                first &= !relation;
            } else if (note instanceof Noted noted) {
                traits.add(noted.trait());
            } else if (note instanceof Answered answered) {
                columns.addAll(answered.columns());
            }
        }
        return new Verb(position, verb, object, parts, columns, traits);
    }

    private Part part(Named named, int at, boolean first) {
        List<SqlNode> columns = new ArrayList<>();
        boolean own = takesColumns(named);
        for (int i = 0; i < notes.size() && (own || first); i++) {
            Note note = notes.get(i);
            if (note instanceof Column column && (column.own() ? first : own && i > at)) {
                columns.add(column.name());
            } else if (i > at && note instanceof Named next && takesColumns(next)) {
                own = false;
            }
        }
        SqlNodeList list = columns.isEmpty()
                ? null
                : new SqlNodeList(columns, columns.get(0).getParserPosition());
        return new Part(named.deed(), named.object(), named.node(), list, detail(named));
    }

    private static boolean takesColumns(Named named) {
        return named.deed() != Deed.EVALUATES && named.deed() != Deed.NAMES;
    }

    private String detail(Named named) {
        String detail = named.detail();
        for (Note note : notes) {
            if (note instanceof Detailed detailed && detailed.deed() == named.deed()) {
                detail = detailed.detail();
            }
        }
        return detail;
    }
}
