package dev.gatehouse.firewall.gate;

import dev.gatehouse.firewall.audit.Recorder;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The one place every analyzed statement passes: policy, record, approval, in this order. */
public interface Gate {

    /**
     * Opens a session's own way through.
     *
     * @param recorder the recorder of the loop the session lives on
     */
    Checkpoint open(Session session, Recorder recorder);

    /** One session's way through the gate. Lives on the session's event loop. */
    interface Checkpoint {

        /** Why a statement is taken back that its client cancelled. */
        String CANCELLED = "cancelled";

        /**
         * Whether policy allows such a statement as things stand. Nothing is recorded and nothing follows from it but how
         * exactly the statement is to be read: what is not allowed is reported with exact positions.
         */
        boolean allows(Analysis analysis);

        /** Whether policy has people asked about such a statement; nothing is recorded. */
        boolean asksPeople(Analysis analysis);

        /** Whether what policy says may depend on which tables, columns or functions the names in a statement mean. */
        boolean needsNames();

        /**
         * What policy would say if the statement were run, for the moment it is prepared; nothing is recorded unless it is
         * refused.
         *
         * @return the refusal, or empty when it may be prepared
         */
        Optional<Refusal> preview(Statement statement, Analysis analysis);

        /**
         * Rules on a statement that is about to run, and records the ruling first.
         *
         * @param analysis the analysis of this statement's text in its scope
         */
        Outcome submit(Statement statement, Analysis analysis);

        /** What policy says of a statement, and where its result's columns come from: lines for a person to read. */
        List<String> explain(Analysis analysis);

        /** What a session asks about itself. */
        String tell(SessionQuestion question);

        /** The session is as new: what its client has told the gateway by settings counts no more. */
        void renew();

        /**
         * How a request of this session's identity stands, which is opened first where the question asks for that. Completes on
         * any thread, never exceptionally.
         */
        CompletionStage<RequestStatus> status(RequestQuestion question);

        /**
         * Tells once when a request moves, on any thread; never where it waits for no decision.
         *
         * @return ends the telling
         */
        Runnable watch(String id, Runnable moved);

        /**
         * Takes back the statement that waits or is being asked for, if one does; its {@link Outcome.Wait} then ends.
         *
         * @param reason for the record: {@link #CANCELLED}, {@code disconnected}; only in the first case it is certain that the
         *     client wants its request no more
         */
        void withdraw(String reason);

        /**
         * Refuses what hides or bypasses SQL, and records that.
         *
         * @param what for the message: {@code a function call by number}
         */
        Refusal refuse(String what);
    }
}
