package dev.gatehouse.firewall.masking;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Output;
import java.util.List;
import java.util.Optional;

/** Decides what of a result is masked, from two witnesses: the statement's text and the server's own description. */
public interface Masking {

    /** Whether any column at all may be masked for this session. */
    boolean concerns(Session session);

    /** Whether anything may be masked in its results; when not, they need not be looked at. */
    boolean readsResults(Session session);

    /**
     * Whether an error or notice that this statement causes may quote protected values: it touches a protected column, or
     * it is not fully accounted for.
     */
    boolean isSensitive(Session session, Analysis analysis);

    /** Whether a command may look at protected values, and do more with them than write others in their place. */
    boolean looksAt(Session session, Command command);

    /**
     * The plan for one result. A column is masked when either witness leads to a protected column, and wholly (as NULL)
     * when neither accounts for it.
     *
     * @param byText the result's columns by the analysis; empty when the text does not tell
     * @param byServer the result's columns by the server
     * @throws ResultMismatch if the two do not have the same number of columns
     */
    MaskPlan plan(Session session, Optional<List<Output>> byText, List<ResultColumn> byServer) throws ResultMismatch;

    /** How often a session is told that values in its results are masked. */
    Notice notice();

    /** How often a session is told that values in its results are masked. */
    enum Notice {
        NEVER,
        /** With the first row that has such a value. */
        ONCE_PER_SESSION,
        /** With the first row of each result. */
        ALWAYS
    }

    /** The two witnesses describe different results; the result must not reach the client. */
    final class ResultMismatch extends Exception {
        private static final long serialVersionUID = 1;

        public ResultMismatch(int byText, int byServer) {
            super(
                    "the statement's text tells of " + byText + " columns, the server of " + byServer,
                    null,
                    false,
                    false);
        }
    }
}
