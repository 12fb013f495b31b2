package dev.gatehouse.firewall.wire;

import dev.gatehouse.firewall.gate.Gate.Checkpoint;
import dev.gatehouse.firewall.gate.RequestQuestion;
import dev.gatehouse.firewall.gate.RequestStatus;
import org.jspecify.annotations.Nullable;

/** A client's question how a request stands, and its wait for the answer. Lives on the session's loop. */
public final class Vigil {

    private final Checkpoint checkpoint;
    private final Relay relay;
    private @Nullable RequestQuestion question;
    private @Nullable RequestStatus answer;
    private @Nullable Wait wait;
    /** Whether the question is being asked, so that an answer that is there at once needs no telling. */
    private boolean asking;

    /** One wait, from the question to the answer. */
    private static final class Wait {
        final RequestQuestion asked;
        final Runnable ready;
        Runnable unwatch = () -> {};

        Wait(RequestQuestion asked, Runnable ready) {
            this.asked = asked;
            this.ready = ready;
        }
    }

    public Vigil(Checkpoint checkpoint, Relay relay) {
        this.checkpoint = checkpoint;
        this.relay = relay;
    }

    /**
     * The answer, the same until {@link #done}; null while the client waits for it.
     *
     * @param ready run once on the loop when a client that waits need not wait any more
     */
    public @Nullable RequestStatus answer(RequestQuestion asked, Runnable ready) {
        if (asked.equals(question)) {
            return answer;
        }
        done();
        question = asked;
        Wait begun = new Wait(asked, ready);
        wait = begun;
        asking = true;
        boolean patient = !asked.patience().isZero();
        if (patient) {
            begun.unwatch = checkpoint.watch(asked.id(), () -> relay.loop().execute(() -> look(begun, true)));
            relay.after(asked.patience(), () -> look(begun, true));
        }
        look(begun, !patient);
        asking = false;
        return answer;
    }

    /** Asks how the request stands; the last time, it is the answer in any case. */
    private void look(Wait begun, boolean last) {
        if (wait == begun) {
            checkpoint.status(begun.asked).thenAcceptAsync(status -> told(begun, status, last), relay.loop());
        }
    }

    private void told(Wait begun, RequestStatus status, boolean last) {
        if (wait == begun && (last || !status.isPending())) {
            begun.unwatch.run();
            wait = null;
            answer = status;
            if (!asking) {
                begun.ready.run();
            }
        }
    }

    /** Whether the client waits. */
    public boolean isKept() {
        return wait != null;
    }

    /**
     * The client no longer waits: it left, or it cancelled and is told how the request stands by now.
     *
     * @param reason as for {@link Checkpoint#withdraw}
     * @return whether it is told
     */
    public boolean leave(String reason) {
        Wait begun = wait;
        if (begun != null && reason.equals(Checkpoint.CANCELLED)) {
            look(begun, true);
            return true;
        }
        done();
        return false;
    }

    /** The question has been answered, or nobody is there any more who asked it. */
    public void done() {
        if (wait != null) {
            wait.unwatch.run();
        }
        wait = null;
        question = null;
        answer = null;
    }
}
