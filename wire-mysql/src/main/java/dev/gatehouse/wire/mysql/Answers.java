package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.wire.mysql.message.Err;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of statements, for the journal; and of their errors, for the client. */
final class Answers {

    private final Serving serving;

    Answers(Serving serving) {
        this.serving = serving;
    }

    /** A statement has succeeded, with this result. */
    void answered(Execution execution, String result) {
        record(execution, result, false);
    }

    /** A statement has failed, with the error that the client gets. */
    void failed(Execution execution, Err shown) {
        record(execution, shown.code() + " " + shown.state() + " " + shown.message(), true);
    }

    /** An error of the server's as the client may see it: it may quote values. */
    Err shown(@Nullable Execution execution, Err error) {
        boolean quiet = execution != null
                && (serving.isSensitive(execution.analysis())
                        || (serving.tellsValues() && Diagnostics.isQuestion(execution.sql())));
        return quiet ? Refusals.withoutValues(error) : error;
    }

    private void record(Execution execution, String result, boolean failed) {
        List<String> masks = new ArrayList<>();
        MaskPlan used = execution.plan;
        for (int i = 0; used != null && i < used.width(); i++) {
            Mask mask = used.mask(i);
            if (mask != null && mask != Credentials.INSTANCE && !masks.contains(mask.id())) {
                masks.add(mask.id());
            }
        }
        serving.connection.recorder.record(
                new Event.Answered(serving.session.number(), execution.decision, result, failed, masks));
    }
}
