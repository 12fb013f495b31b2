package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analysis.Opaque;
import dev.gatehouse.firewall.statement.Analysis.Understood;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Naming;
import dev.gatehouse.wire.postgres.message.RowDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement as the gateway knows it: by message, or by PREPARE. Lives on the session's loop. */
final class Prepared {

    private static final int WHOLE = -1;
    private static final int[] NO_TYPES = new int[0];
    private static final Analysis LOST = new Opaque("a prepared statement whose text means something else now", 0);

    final String name;
    /** The text of the message or query that made it. */
    final byte[] sql;
    /** Which command of the text is the PREPARE. */
    private final int command;
    /** The types of its parameters that the client declared. */
    final int[] declared;
    /** How the server cut the text into tokens, whatever its setting has become since. */
    final Modes modes;
    /** The types of its parameters, as far as they are known. */
    int[] types;
    /** How often unknown code had run when it was last certain that the server means this statement by its name. */
    final int doubts;
    /** What the client asks the gateway by it, which its text is the answer to; null for a statement of the client's own. */
    byte @Nullable [] question;
    /** Whether the server was asked to describe the result, by the client or by us. */
    boolean describing;
    /** The result's columns; null until the server has described them, or when there are none. */
    @Nullable
    RowDescription columns;

    private Prepared(String name, byte[] sql, int command, int[] declared, Modes modes, int doubts) {
        this.name = name;
        this.sql = sql;
        this.command = command;
        this.declared = declared;
        this.types = declared;
        this.modes = modes;
        this.doubts = doubts;
    }

    /** A statement that a message prepares; also a simple query, which the server does not know by its name. */
    static Prepared byMessage(String name, byte[] sql, int[] declared, Modes modes, int doubts) {
        return new Prepared(name, sql, WHOLE, declared, modes, doubts);
    }

    /** A simple query, or the query of a cursor. */
    static Prepared unnamed(byte[] sql, Modes modes) {
        return byMessage("", sql, NO_TYPES, modes, 0);
    }

    /** A statement that a command of a text prepares. */
    static Prepared inSql(String name, byte[] sql, int command, Modes modes, int doubts) {
        return new Prepared(name, sql, command, NO_TYPES, modes, doubts);
    }

    /** The same, prepared once more when unknown code had run this often. */
    Prepared again(int doubtsNow) {
        Prepared again = new Prepared(name, sql, command, declared, modes, doubtsNow);
        again.question = question;
        return again;
    }

    /** The same question with another answer, which the server is sent for it. */
    Prepared answered(byte[] answer, int doubtsNow) {
        Prepared anew = byMessage(name, answer, declared, modes, doubtsNow);
        anew.question = question;
        return anew;
    }

    boolean isByMessage() {
        return command == WHOLE;
    }

    /**
     * What it means.
     *
     * @param text what its whole text means
     */
    Analysis meaning(Analysis text) {
        if (isByMessage() || text instanceof Opaque) {
            return text;
        }
        var commands = ((Understood) text).commands();
        if (command < commands.size()
                && commands.get(command).naming().orElse(null) instanceof Naming.Prepares prepares
                && prepares.name().equals(name)) {
            return new Understood(List.of(prepares.statement()));
        }
        return LOST;
    }
}
