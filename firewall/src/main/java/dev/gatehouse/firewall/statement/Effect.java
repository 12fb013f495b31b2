package dev.gatehouse.firewall.statement;

import java.util.List;
import java.util.Optional;

/**
 * One thing a statement does, with the place in the text that says so.
 *
 * <p>Positions are 1-based character offsets into the statement's text as the client sent it; 0 where no one place says
 * it. An analysis that was recalled for a text of the same shape may carry the positions of the text it was made from.
 */
public sealed interface Effect {

    /** Where the text says it. */
    int position();

    /** Reads rows of a table (or only its definition). */
    record Reads(Table table, int position) implements Effect {}

    /** Changes rows of a table, or the table itself: also whoever alters, drops or truncates it writes it. */
    record Writes(Table table, int position) implements Effect {}

    /**
     * Uses the values of a column.
     *
     * @param column the base column
     * @param use what becomes of its values
     */
    record Uses(Column column, Use use, int position) implements Effect {}

    /**
     * May fail, or not, by the values of a column, so that an error tells of them: they are computed with by what has no
     * result for some values, or compared to keep a constraint.
     *
     * @param column the base column
     */
    record Tests(Column column, int position) implements Effect {}

    /**
     * Calls a function, or has it called: by a trigger, an operator, a default.
     *
     * @param name lower case; qualified as written unless the schema is {@code pg_catalog}
     * @param volatility what it may do besides giving a value
     * @param known whether it is one whose effects are known from its name
     */
    record Calls(String name, Volatility volatility, boolean known, int position) implements Effect {

        /** Calls a function of which no more than the name is known. */
        public Calls(String name, int position) {
            this(name, Volatility.UNKNOWN, false, position);
        }
    }

    /**
     * Locks a table or rows of it, because the command says so.
     *
     * @param rows whether single rows are locked, as by {@code FOR UPDATE}, and not the table
     * @param strength the mode in the dialect's words and upper case: {@code ACCESS EXCLUSIVE}, {@code SHARE}
     */
    record Locks(Table table, boolean rows, String strength, int position) implements Effect {}

    /**
     * Reads or writes a file of the server, or runs a program there.
     *
     * @param name its name or command line, where the text says it
     */
    record Files(Access access, Optional<String> name, int position) implements Effect {}

    /**
     * Changes a setting or variable.
     *
     * @param name lower case; empty where the text does not tell, or means all of them
     * @param reach whom the change concerns
     */
    record Sets(Optional<String> name, Reach reach, int position) implements Effect {}

    /**
     * Reads a setting or variable of its session, so that what the statement does depends on what the session did before.
     *
     * @param name lower case; with {@code @} or {@code @@} in MySQL
     */
    record Recalls(String name, int position) implements Effect {}

    /**
     * Makes, changes or removes an object other than rows.
     *
     * @param change what becomes of it
     * @param object the kind of object in the dialect's words and lower case: {@code table}, {@code event trigger}
     * @param name its name as written, with the names that qualify it; empty where it has none
     */
    record Defines(Definition change, String object, String name, int position) implements Effect {}

    /**
     * Gives or takes privileges or roles.
     *
     * @param given false where they are taken away
     * @param privileges the privileges or roles, lower case
     * @param object the kind of object they are on, lower case; empty for roles
     * @param names the objects; empty for roles
     * @param grantees who gains or loses them, lower case
     */
    record Grants(
            boolean given,
            List<String> privileges,
            String object,
            List<String> names,
            List<String> grantees,
            int position)
            implements Effect {
        public Grants {
            privileges = List.copyOf(privileges);
            names = List.copyOf(names);
            grantees = List.copyOf(grantees);
        }
    }

    /**
     * Runs or keeps code that the text does not show as SQL of its own.
     *
     * @param name what the code is called, where it has a name
     */
    record Runs(Code code, Optional<String> name, int position) implements Effect {}

    /**
     * Reaches another server.
     *
     * @param name what the text calls it, where it does
     */
    record Connects(Optional<String> name, int position) implements Effect {}

    /** What becomes of a column's values. A column may be used in several ways; each is an effect of its own. */
    enum Use {
        /** They flow into the result's rows, where they can be masked. */
        RESULT,
        /** They decide which rows or values there are: WHERE, HAVING, FILTER, a CASE's conditions, LIMIT. */
        PREDICATE,
        /** They decide which rows of two tables belong together: ON, USING, NATURAL. */
        JOIN,
        /** They decide in which order rows are: ORDER BY of a query, a window or an aggregate. */
        ORDER,
        /** They decide which rows are taken together: GROUP BY, DISTINCT, PARTITION BY, UNION and its like. */
        GROUP,
        /**
         * They are given to an aggregate, of which this alone tells nothing of a single value: {@code count(email)}. What
         * the aggregate's own result is used for is told besides, where it may hold them.
         */
        AGGREGATE,
        /** They flow where rows cannot be masked: into another table, a COPY, a variable, a message. */
        CARRIED,
        /** They are written. */
        WRITTEN;

        /** Whether the values decide over the rows: which there are, which belong together, in what order they are. */
        public boolean decides() {
            return switch (this) {
                case PREDICATE, JOIN, ORDER, GROUP -> true;
                case RESULT, AGGREGATE, CARRIED, WRITTEN -> false;
            };
        }
    }

    /** What a function may do besides giving a value. */
    enum Volatility {
        /** Nothing, and it gives the same for the same arguments for ever. */
        IMMUTABLE,
        /** Nothing, and it gives the same for the same arguments within a statement. */
        STABLE,
        /** Anything. */
        VOLATILE,
        /** Not known: anything. */
        UNKNOWN
    }

    /** What is done with a file of the server. */
    enum Access {
        READ,
        WRITTEN,
        /** It is a program, or code, that is run. */
        RUN
    }

    /** Whom a changed setting concerns. */
    enum Reach {
        /** The rest of the transaction, or one statement of it. */
        TRANSACTION,
        SESSION,
        /** Other sessions too. */
        GLOBAL,
        /** The session, as a variable that only its own statements read. */
        VARIABLE
    }

    /** What becomes of an object. */
    enum Definition {
        CREATED,
        ALTERED,
        DROPPED
    }

    /** The sorts of code that is not read. */
    enum Code {
        /** Text that is run as it stands: DO, EXECUTE IMMEDIATE. */
        BLOCK,
        /** A statement that was prepared before. */
        PREPARED,
        /** A routine that is called. */
        ROUTINE,
        /** A body that is kept, to be run later. */
        BODY
    }
}
