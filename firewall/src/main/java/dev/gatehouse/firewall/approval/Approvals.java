package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.audit.Recorder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The desk where statements wait for people. Safe for many threads, and one of several desks over the same store, which
 * alone knows what is true.
 *
 * <p>A request is of an identity and a statement with all that decides what it does, never of a connection: the same
 * statement sent again, from wherever, comes to the same request, and an approval is spent on one of them.
 *
 * <p>An approval, its use or a rejection is recorded before the ticket moves; when it cannot be recorded, it does not
 * count. An expiry or withdrawal ends the ticket in any case, since all that follows from it is that a statement does not
 * run.
 *
 * <p>{@link #ask}, {@link #leave}, {@link #look}, {@link #watch}, {@link #waiting}, {@link #ended} and {@link #newId} return at once and may be called on an
 * event loop. All others wait for the store, for seconds where it does not answer, and must not.
 */
public interface Approvals {

    /** Draws the id of a new request: {@code req_} and a few characters. */
    String newId();

    /**
     * Brings a statement to the desk: to the request that is open for the very same one, or was rejected a short while
     * ago, or else before the reviewers. Records it first.
     *
     * @param request what it asks for, if nobody has asked for it yet; else nothing becomes of this request's id. The desk
     *     may give it another id, and moves its times to the store's clock
     * @return completes on another thread; with {@link Recorder.JournalUnavailable} if it could not be recorded, with
     *     {@link Unavailable} if the store could not take it; then it did not come
     */
    CompletionStage<Place> ask(Request request, Applicant applicant);

    /**
     * A client no longer waits; nothing happens when its waiting is over.
     *
     * @param reason for the record: {@code cancelled}, {@code disconnected}
     * @param keeps whether the request stays, for the statement to be sent again
     */
    void leave(Place place, String reason, boolean keeps);

    /** The ticket of that id, as {@link #find} tells it. Completes on another thread; with {@link Unavailable} at worst. */
    CompletionStage<Optional<Ticket>> look(String id);

    /**
     * Tells once when a request moves, on the thread that moves it or sees it moved; never where it is not open.
     *
     * @return ends the telling
     */
    Runnable watch(String id, Runnable moved);

    /**
     * Notes what became of a statement an approval was spent on; what is noted first stands.
     *
     * @param decision its decision; of any other statement nothing is noted
     * @param result what the server answered, or why it was not sent to the server after all
     */
    void ended(long decision, String result);

    /** How many clients wait behind a request at this gateway. */
    int waiting(String id);

    /**
     * Approves a request; it is approved once as many people as its flow needs have done so, and runs at once where its
     * client waits.
     *
     * @param code the code the person saw; checked when given
     * @param comment what they say; may be empty unless the flow wants one
     */
    Answer approve(String id, Optional<String> code, Reviewer by, String comment);

    /** Rejects a request; one person is enough. Arguments as for {@link #approve}. */
    Answer reject(String id, Optional<String> code, Reviewer by, String comment);

    /**
     * Takes a request back, or an approval that was not used.
     *
     * @param by the requester, or the owner of the agent that asked
     */
    Answer withdraw(String id, Reviewer by);

    /**
     * Those that are open, the oldest first, then those that ended, the latest first, as many as a person may look through.
     *
     * @throws Unavailable if the store does not answer
     */
    List<Ticket> tickets();

    /**
     * The ticket of that id, whether it is open or has ended.
     *
     * @throws Unavailable if the store does not answer
     */
    Optional<Ticket> find(String id);

    /**
     * The ticket of that id for a person who is shown it in full, which is recorded first.
     *
     * @throws Unavailable if the store does not answer
     * @throws Recorder.JournalUnavailable if it could not be recorded; then it is not shown
     */
    Optional<Ticket> view(String id, Reviewer by);

    /**
     * The latest that still waits for a decision.
     *
     * @throws Unavailable if the store does not answer
     */
    Optional<Ticket> lastPending();

    /** The store does not answer, or cannot take what it is told. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unavailable(String why) {
            super(why, null, false, false);
        }
    }
}
