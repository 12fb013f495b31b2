package dev.gatehouse.firewall.approval;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A statement's place at a request. Safe for many threads. */
public final class Place {

    private final Applicant applicant;
    private final Ticket ticket;
    private final CompletableFuture<Ticket> ended = new CompletableFuture<>();

    /** A place at which somebody waits until {@link #end}. */
    public Place(Applicant applicant, Ticket ticket) {
        this.applicant = applicant;
        this.ticket = ticket;
    }

    /** A place at which nobody waits. */
    public static Place ended(Applicant applicant, Ticket ticket) {
        Place place = new Place(applicant, ticket);
        place.end(ticket);
        return place;
    }

    /** The statement. */
    public Applicant applicant() {
        return applicant;
    }

    /** How the request stood when the statement came. */
    public Ticket ticket() {
        return ticket;
    }

    /** How the waiting ended; how the request stood when the statement came, as long as it has not. */
    public Ticket now() {
        return ended.getNow(ticket);
    }

    /** Whether it has been decided already what becomes of the statement. */
    public boolean isOver() {
        return ended.isDone();
    }

    /**
     * Completes when the waiting is over, on the thread that ended it, never exceptionally: with {@link Ticket.Used} and
     * this statement's decision if it may run; with {@link Ticket.Pending} if its client has waited long enough, while the
     * request stays; else with how the request ended.
     */
    public CompletionStage<Ticket> whenOver() {
        return ended.minimalCompletionStage();
    }

    /** Ends the waiting; only the first end counts. */
    public void end(Ticket how) {
        ended.complete(how);
    }
}
