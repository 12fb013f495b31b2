package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.approval.Applicant;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Digest;
import dev.gatehouse.firewall.approval.Finding;
import dev.gatehouse.firewall.approval.Grants;
import dev.gatehouse.firewall.approval.Grants.Held;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.gate.GrantWish;
import dev.gatehouse.firewall.gate.RequestStatus;
import dev.gatehouse.firewall.policy.GrantRule;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What one session may do because its user holds grants, and how it asks for one. */
final class GrantedWay {

    private final Session session;
    private final Supplier<Policy> policies;
    private final Approvals desk;
    private final Grants grants;
    private final InstantSource clock;

    GrantedWay(Session session, Supplier<Policy> policies, Approvals desk, Grants grants, InstantSource clock) {
        this.session = session;
        this.policies = policies;
        this.desk = desk;
        this.grants = grants;
        this.clock = clock;
    }

    /** A grant that by itself lets a statement run which the policy does not; nothing is taken from it yet. */
    Optional<Held> enough(Analysis analysis) {
        List<Held> held = grants.of(session.subject().name());
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Policy policy = policies.get();
        Instant now = clock.instant();
        return held.stream()
                .filter(one -> policy.rule(session, one.rule(), analysis, now) instanceof Ruling.Allow)
                .findFirst();
    }

    /** Takes a statement from a grant; completes as {@link Grants#spend} does. */
    CompletionStage<Boolean> spend(Held grant, Event.Asked statement, Event.Asked otherwise) {
        return grants.spend(grant, session.subject().name(), statement, otherwise);
    }

    /** Asks for a grant; never completes exceptionally. */
    CompletionStage<RequestStatus> ask(GrantWish wish) {
        Policy policy = policies.get();
        Optional<GrantRule> rule = policy.grant(session, wish.rule());
        Optional<String> objection = rule.isEmpty()
                ? Optional.of("there is no grant " + wish.rule() + " that you may ask for here")
                : rule.get().objection(wish.length(), wish.reason());
        if (objection.isPresent()) {
            return CompletableFuture.completedStage(RequestStatus.declined(objection.get()));
        }
        Request request = request(rule.get(), wish);
        Event.Asked asked = new Event.Asked(
                session.number(),
                Id.next(),
                wish.text(),
                List.of(),
                Verdict.APPROVE,
                wish.rule(),
                policy.version(),
                "");
        Applicant applicant = new Applicant(
                asked,
                request.asked(),
                true,
                Optional.empty(),
                Optional.of(new Applicant.Wanted(
                        rule.get().id(), wish.length(), rule.get().mostUses())));
        return desk.ask(request, applicant)
                .thenApply(place -> RequestStatus.of(place.ticket()))
                .exceptionally(failure -> RequestStatus.unavailable(""));
    }

    private Request request(GrantRule rule, GrantWish wish) {
        Instant now = clock.instant();
        return new Request(
                desk.newId(),
                Digest.ofWish(wish.text()),
                session,
                wish.text(),
                List.of(),
                rule.gives().stream()
                        .map(line -> new Finding(Finding.About.STATEMENT, line))
                        .toList(),
                wish.reason(),
                rule.place(),
                rule.flow(),
                now,
                now.plus(rule.flow().expires()));
    }
}
