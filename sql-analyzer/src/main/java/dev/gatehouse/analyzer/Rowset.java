package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a table or a query, with the traces of their values.
 *
 * @param fields the columns that are known, in order
 * @param open whether there may be more
 * @param rest the trace of those
 */
record Rowset(List<Field> fields, boolean open, Trace rest) {

    static final Rowset UNKNOWN = new Rowset(List.of(), true, Trace.UNKNOWN);

    /** One column. */
    record Field(String name, Trace trace) {

        /** Whether a name may mean this column; one whose name is uncertain may be meant by any. */
        boolean mayBe(String other) {
            return name.equals(other) || name.equals(ExpressionPhrases.UNNAMED);
        }
    }

    Rowset {
        fields = List.copyOf(fields);
    }

    static Rowset of(List<Field> fields) {
        return new Rowset(fields, false, Trace.NONE);
    }

    /** The trace of everything in a row. */
    Trace whole() {
        return fields.stream().map(Field::trace).reduce(rest, Trace::and);
    }

    /** The same columns, the first of them under new names. */
    Rowset renamed(List<String> names) {
        List<Field> renamed = new ArrayList<>();
        for (int i = 0; i < Math.max(fields.size(), open ? names.size() : 0); i++) {
            String name = i < names.size() ? names.get(i) : fields.get(i).name();
            renamed.add(new Field(name, i < fields.size() ? fields.get(i).trace() : rest));
        }
        return new Rowset(renamed, open, rest);
    }

    /** Rows of either of two queries. */
    Rowset with(Rowset other) {
        if (!open && !other.open && fields.size() != other.fields.size()) {
            throw new Unreadable("combined queries with different numbers of columns", 0);
        }
        List<Field> union = new ArrayList<>();
        for (int i = 0; i < Math.max(fields.size(), other.fields.size()); i++) {
            Trace left = i < fields.size() ? fields.get(i).trace() : rest;
            Trace right = i < other.fields.size() ? other.fields.get(i).trace() : other.rest;
            String name = i < fields.size()
                    ? fields.get(i).name()
                    : other.fields.get(i).name();
            union.add(new Field(name, left.and(right)));
        }
        return new Rowset(union, open || other.open, rest.and(other.rest));
    }

    /** The same columns, each with the same addition. */
    Rowset and(Trace addition) {
        List<Field> richer = fields.stream()
                .map(field -> new Field(field.name(), field.trace().and(addition)))
                .toList();
        return new Rowset(richer, open, rest.and(addition));
    }

    /** The same columns, those named with what is added to them. */
    Rowset with(Map<String, Trace> additions) {
        Map<String, Trace> left = new HashMap<>(additions);
        List<Field> richer = new ArrayList<>();
        for (Field field : fields) {
            Trace more = left.remove(field.name());
            richer.add(
                    more == null ? field : new Field(field.name(), field.trace().and(more)));
        }
        return new Rowset(richer, open, left.values().stream().reduce(rest, Trace::and));
    }
}
