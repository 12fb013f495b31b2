package dev.gatehouse.analyzer.tree;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A command that is neither a query nor an INSERT, UPDATE, DELETE or MERGE.
 *
 * <p>Its {@link Part}s say all that it does, in the order of the text, and are its operands: tables by name, inner
 * statements and expressions as nodes of their own. The position of a name is the place of its token in the client's text:
 * line 1, and the token's position as the column.
 */
public final class Verb extends SqlCall {

    /** What else there is to know of a command. */
    public enum Trait {
        /** It may touch more than its parts say: CASCADE, a whole schema, code that is not read. */
        TOUCHES_MORE,
        /** It gives rows of which the text does not tell. */
        ROWS_UNTOLD,
        /** It gives rows that tell of objects and settings, under columns of the server's choice. */
        ROWS_OF_OBJECTS,
        /** Tables, columns or views are different afterwards. */
        CHANGES_CATALOG,
        /** A name that later statements use stands for another query afterwards. */
        CHANGES_CURSOR,
        /** It gives something another name. */
        RENAMES,
        /** It gathers statistics, besides what its verb says. */
        ANALYZES
    }

    private final String verb;
    private final String object;
    private final List<Part> parts;
    private final List<String> columns;
    private final Set<Trait> traits;

    /**
     * Builds a command.
     *
     * @param verb its first word, or words where one does not tell, in upper case: {@code CREATE}, {@code SECURITY LABEL}
     * @param object the kind of object it is about, in upper case: {@code TABLE}, {@code EVENT TRIGGER}; empty for none
     * @param columns the columns of its result where they have names and hold nothing of any table
     */
    public Verb(
            SqlParserPos position,
            String verb,
            String object,
            List<Part> parts,
            List<String> columns,
            Set<Trait> traits) {
        super(position);
        this.verb = verb;
        this.object = object;
        this.parts = List.copyOf(parts);
        this.columns = List.copyOf(columns);
        this.traits = traits.isEmpty() ? EnumSet.noneOf(Trait.class) : EnumSet.copyOf(traits);
    }

    public String verb() {
        return verb;
    }

    public String object() {
        return object;
    }

    public List<Part> parts() {
        return parts;
    }

    /** The parts of this sort. */
    public Stream<Part> parts(Deed deed) {
        return parts.stream().filter(part -> part.deed() == deed);
    }

    /** The first statement it runs or carries. */
    public Optional<Part> statement() {
        return parts.stream()
                .filter(part -> part.deed() == Deed.RUNS || part.deed() == Deed.CARRIES)
                .findFirst();
    }

    public List<String> columns() {
        return columns;
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    @Override
    public SqlOperator getOperator() {
        return new Form(object.isEmpty() ? verb : verb + " " + object);
    }

    @Override
    public List<SqlNode> getOperandList() {
        return new ArrayList<>(parts);
    }

    @Override
    public String toString() {
        return getOperator().getName() + " " + parts;
    }
}
