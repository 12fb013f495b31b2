package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.statement.Parameter;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * What a person is asked to decide about: this statement, with these values, in this session.
 *
 * @param id the request's id, {@code req_…}
 * @param digest of the statement and all that decides what it does
 * @param session who asked first
 * @param sql the exact text
 * @param parameters the bound values
 * @param findings what the analysis found in it
 * @param reason what the requester gave for it; may be empty
 * @param rule the rule that asks for approval
 * @param flow who may decide
 * @param asked when it was asked
 * @param deadline when it expires undecided
 */
public record Request(
        String id,
        Digest digest,
        Session session,
        String sql,
        List<Parameter> parameters,
        List<Finding> findings,
        String reason,
        Ruling.Source rule,
        Flow flow,
        Instant asked,
        Instant deadline) {

    public Request {
        parameters = List.copyOf(parameters);
        findings = List.copyOf(findings);
    }

    /** Eight characters of the digest, the same on the requester's and the reviewer's screen. */
    public String code() {
        return digest.code();
    }

    /** Whether it asks for a grant, and not for a statement. */
    public boolean isWish() {
        return digest.equals(Digest.ofWish(sql));
    }

    /** Whether this person asked for it, or answers for the agent that did. */
    public boolean isAskedBy(Reviewer person) {
        Subject requester = session.subject();
        return person.name().equalsIgnoreCase(requester.name())
                || requester.owner().map(person.name()::equalsIgnoreCase).orElse(false);
    }

    /** Whether this person is one of those who may decide about requests like this; not whether they may about this one. */
    public boolean isReviewedBy(Reviewer person) {
        return person.operator()
                || flow.reviewerUsers().contains(person.name())
                || !Collections.disjoint(flow.reviewerGroups(), person.groups());
    }

    /** The same under another id and at other times. */
    public Request with(String other, Instant askedAt, Instant until) {
        return new Request(other, digest, session, sql, parameters, findings, reason, rule, flow, askedAt, until);
    }
}
