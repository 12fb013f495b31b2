package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Parameter;
import java.time.Instant;
import java.util.List;

/**
 * What a person is asked to decide about: this statement, with these values, in this session.
 *
 * @param id the request's id, {@code req_…}
 * @param code eight characters of {@link Digest}, the same on the requester's and the reviewer's screen
 * @param session who asks
 * @param sql the exact text
 * @param parameters the bound values
 * @param rule the rule that asks for approval
 * @param flow who may decide
 * @param asked when it was asked
 * @param deadline when it expires undecided
 */
public record Request(
        String id,
        String code,
        Session session,
        String sql,
        List<Parameter> parameters,
        Ruling.Source rule,
        Flow flow,
        Instant asked,
        Instant deadline) {

    public Request {
        parameters = List.copyOf(parameters);
    }
}
