package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.gate.Gate.Checkpoint;
import dev.gatehouse.firewall.gate.Outcome;
import dev.gatehouse.firewall.gate.Outcome.Settled;
import dev.gatehouse.firewall.gate.Refusal;
import dev.gatehouse.firewall.gate.RequestQuestion;
import dev.gatehouse.firewall.gate.RequestStatus;
import dev.gatehouse.firewall.gate.SessionQuestion;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** An agent's way through the gate: the same as anybody's, but that refusals are put into an agent's words. */
final class AgentCheckpoint implements Checkpoint {

    private final Checkpoint way;
    private final AgentWords words;

    AgentCheckpoint(Checkpoint way, AgentWords words) {
        this.way = way;
        this.words = words;
    }

    @Override
    public boolean allows(Analysis analysis) {
        return way.allows(analysis);
    }

    @Override
    public boolean asksPeople(Analysis analysis) {
        return way.asksPeople(analysis);
    }

    @Override
    public boolean needsNames() {
        return way.needsNames();
    }

    @Override
    public Optional<Refusal> preview(Statement statement, Analysis analysis) {
        return way.preview(statement, analysis).map(words::of);
    }

    @Override
    public Outcome submit(Statement statement, Analysis analysis) {
        return inWords(way.submit(statement, analysis));
    }

    private Outcome inWords(Outcome outcome) {
        return outcome.match(
                proceed -> proceed,
                stop -> new Outcome.Stop(words.of(stop.refusal())),
                wait -> new Outcome.Wait(
                        wait.pending(),
                        wait.until(),
                        wait.decided().thenApply(how -> new Settled(inWords(how.outcome()), how.ticket()))),
                asking -> new Outcome.Asking(asking.answer().thenApply(this::inWords)));
    }

    @Override
    public List<String> explain(Analysis analysis) {
        return way.explain(analysis);
    }

    @Override
    public String tell(SessionQuestion question) {
        return way.tell(question);
    }

    @Override
    public void renew() {
        way.renew();
    }

    @Override
    public CompletionStage<RequestStatus> status(RequestQuestion question) {
        return way.status(question);
    }

    @Override
    public Runnable watch(String id, Runnable moved) {
        return way.watch(id, moved);
    }

    @Override
    public void withdraw(String reason) {
        way.withdraw(reason);
    }

    @Override
    public Refusal refuse(String what) {
        return words.of(way.refuse(what));
    }
}
