package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Recorder;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A session's way into the journal that tells the desk of answers it waits for. Costs the others one look at an empty map. */
final class Listening implements Recorder {

    private final Recorder recorder;
    private final Approvals desk;
    private final Uses uses;

    Listening(Recorder recorder, Approvals desk, Uses uses) {
        this.recorder = recorder;
        this.desk = desk;
        this.uses = uses;
    }

    @Override
    public void frames(long session, Direction direction, ByteBuf bytes, int index, int length) {
        recorder.frames(session, direction, bytes, index, length);
    }

    @Override
    public void allowed(long session, long decision, byte[] sql, int length, String rule, String policy) {
        recorder.allowed(session, decision, sql, length, rule, policy);
    }

    @Override
    public void answered(long session, long decision, ByteBuf tag, int index, int length) {
        recorder.answered(session, decision, tag, index, length);
        if (uses.areAwaited()) {
            desk.ended(decision, tag.toString(index, length, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void record(Event event) {
        recorder.record(event);
        if (!uses.areAwaited()) {
            return;
        }
        if (event instanceof Event.Answered answered) {
            desk.ended(
                    answered.decision(), answered.failed() ? "failed: " + code(answered.result()) : answered.result());
        } else if (event instanceof Event.Closed closed) {
            uses.closed(closed.session());
        }
    }

    /** Of an error its code alone: messages quote values. */
    private static String code(String result) {
        int end = result.indexOf(' ');
        return end < 0 ? result : result.substring(0, end);
    }

    @Override
    public boolean hasRoom() {
        return recorder.hasRoom();
    }
}
