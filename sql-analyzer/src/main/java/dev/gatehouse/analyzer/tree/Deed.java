package dev.gatehouse.analyzer.tree;

/** What a {@link Verb} does with one of the things it names or holds. */
public enum Deed {
    /** Reads rows of a relation, or copies its definition. */
    READS,
    /** Changes rows of a relation, or moves or refills it as a whole: TRUNCATE, COPY FROM, VACUUM, REFRESH. */
    WRITES,
    /** Makes a new object. */
    CREATES,
    /** Changes an object's definition, its owner or its name, or adds something to it. */
    ALTERS,
    /** Removes an object. */
    DROPS,
    /** Locks a relation; the part's detail is the lock's mode. */
    LOCKS,
    /** Names an object that stays what it is: a type, a schema, a role, a table another one only points to. */
    NAMES,
    /** Names a function that runs, now or whenever what is defined here is used: a trigger's, an aggregate's. */
    CALLS,
    /** Changes a setting or variable; the part's detail is its {@link Span}. */
    SETS,
    /** Reads a setting or variable. */
    SHOWS,
    /** Gives a privilege, a role or a policy's protection; the node names it. */
    GRANTS,
    /** Takes a privilege or role away. */
    REVOKES,
    /** Names who is given a privilege, or loses it. */
    GRANTEE,
    /** Runs another statement, whose rows the client gets, now or when it asks for them. */
    RUNS,
    /** Holds a statement whose rows go elsewhere: into a table, a view, a file. */
    CARRIES,
    /** Holds an expression that is computed now, or whenever what is defined here is used. */
    EVALUATES,
    /** Reads a file of the server. */
    READS_FILE,
    /** Writes a file of the server. */
    WRITES_FILE,
    /** Runs a program on the server, or loads code into it. */
    RUNS_PROGRAM,
    /** Runs code that is not read here: a DO block, a prepared statement, a routine. */
    RUNS_CODE,
    /** Holds code that is not read here, to be run later: the body of a routine. */
    HOLDS_CODE,
    /** Reaches another server; the node says which, where it is named. */
    CONNECTS
}
