package dev.gatehouse.analyzer.lineage;

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
public record Rowset(List<Field> fields, boolean open, Trace rest) {

    /** Any columns, holding anything. */
    public static final Rowset UNKNOWN = new Rowset(List.of(), true, Trace.UNKNOWN);

    /** The name of a result column that is not told by the expression alone. */
    public static final String UNNAMED = "";

    static final Rowset EMPTY = of(List.of());
    /** Any columns, holding nothing yet: what a recursive query's rows are begun with. */
    static final Rowset NOTHING_YET = new Rowset(List.of(), true, Trace.NONE);

    /**
     * One column.
     *
     * @param hidden whether a star leaves it out
     */
    public record Field(String name, Trace trace, boolean hidden) {

        public Field(String name, Trace trace) {
            this(name, trace, false);
        }

        /** The same column, holding more. */
        public Field and(Trace addition) {
            return new Field(name, trace.and(addition), hidden);
        }
    }

    public Rowset {
        fields = List.copyOf(fields);
    }

    /** Exactly these columns. */
    public static Rowset of(List<Field> fields) {
        return new Rowset(fields, false, Trace.NONE);
    }

    /** The trace of everything in a row. */
    public Trace whole() {
        return fields.stream().map(Field::trace).reduce(rest, Trace::and);
    }

    /** The columns a star means. */
    Rowset starred() {
        return new Rowset(fields.stream().filter(field -> !field.hidden()).toList(), open, rest);
    }

    /** The trace of the column at this place, from 0; where there may be unknown columns before it, any of them. */
    Trace at(int place) {
        return open || place >= fields.size() ? whole() : fields.get(place).trace();
    }

    /** The same columns, the first of them under new names. */
    public Rowset renamed(List<String> names) {
        List<Field> renamed = new ArrayList<>();
        for (int i = 0; i < Math.max(fields.size(), open ? names.size() : 0); i++) {
            String name = i < names.size() ? names.get(i) : fields.get(i).name();
            renamed.add(new Field(name, at(i)));
        }
        return new Rowset(renamed, open, rest);
    }

    /** Rows of either of two queries. */
    Rowset or(Rowset other) {
        if (!open && !other.open && fields.size() != other.fields.size()) {
            throw new Unreadable("combined queries with different numbers of columns", 0);
        }
        List<Field> union = new ArrayList<>();
        for (int i = 0; i < Math.max(fields.size(), other.fields.size()); i++) {
            List<Field> named = i < fields.size() ? fields : other.fields;
            union.add(new Field(named.get(i).name(), at(i).and(other.at(i))));
        }
        return new Rowset(union, open || other.open, rest.and(other.rest));
    }

    /** The columns of two tables side by side. */
    Rowset beside(Rowset other) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(other.fields);
        return new Rowset(all, open || other.open, rest.and(other.rest));
    }

    /** The same columns, each with the same addition. */
    public Rowset and(Trace addition) {
        return new Rowset(fields.stream().map(field -> field.and(addition)).toList(), open, rest.and(addition));
    }

    /** The same columns by way of something that has a name. */
    Rowset by(String step) {
        List<Field> further = new ArrayList<>(fields.size());
        fields.forEach(
                field -> further.add(new Field(field.name(), field.trace().by(step), field.hidden())));
        return new Rowset(further, open, rest.by(step));
    }

    /** The same columns, each holding nothing. */
    Rowset blank() {
        return new Rowset(
                fields.stream()
                        .map(field -> new Field(field.name(), Trace.NONE, field.hidden()))
                        .toList(),
                true,
                Trace.NONE);
    }

    /** Those of the columns that have these names, in their order. */
    Rowset only(List<String> names) {
        List<Field> some = new ArrayList<>();
        for (String name : names) {
            Trace trace = fields.stream()
                    .filter(field -> field.name().equals(name))
                    .map(Field::trace)
                    .findFirst()
                    .orElse(rest);
            some.add(new Field(name, trace));
        }
        return Rowset.of(some);
    }

    /** The same columns, those named with what is added to them. */
    Rowset with(Map<String, Trace> additions) {
        Map<String, Trace> left = new HashMap<>(additions);
        List<Field> richer = new ArrayList<>();
        for (Field field : fields) {
            Trace more = left.remove(field.name());
            richer.add(more == null ? field : field.and(more));
        }
        return new Rowset(richer, open, left.values().stream().reduce(rest, Trace::and));
    }
}
