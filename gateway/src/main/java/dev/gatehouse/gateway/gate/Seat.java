package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.gate.Gate.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * A statement's way to its place at the desk. Its client may go before it is there, on another thread: whoever comes second
 * sees what the first has done.
 */
final class Seat {

    private final Approvals desk;
    private final boolean stays;
    private @Nullable Place place;
    private @Nullable String left;

    /**
     * @param stays whether the request stays when the client goes without a word
     */
    Seat(Approvals desk, boolean stays) {
        this.desk = desk;
        this.stays = stays;
    }

    /** The desk has a place for the statement. */
    synchronized void arrive(Place found) {
        place = found;
        if (left != null) {
            leave(found, left);
        }
    }

    /** The client no longer waits. */
    synchronized void leave(String reason) {
        if (left == null) {
            left = reason;
            if (place != null) {
                leave(place, reason);
            }
        }
    }

    private void leave(Place from, String reason) {
        desk.leave(from, reason, stays && !reason.equals(Checkpoint.CANCELLED));
    }
}
