package dev.gatehouse.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.console.api.Status;
import dev.gatehouse.console.page.Destination;
import dev.gatehouse.console.signin.People;
import dev.gatehouse.firewall.approval.Approvals;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.firewall.policy.ConsoleRight;
import dev.gatehouse.firewall.session.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What of the gateway the console sees.
 *
 * @param desk where decisions are made
 * @param people who may sign in
 * @param rights what the policy gives them in the console
 * @param destinations where the policy lets them connect to
 * @param receipts the signed word that a request was approved, where there is one
 * @param status how the gateway is now
 */
public record House(
        Approvals desk,
        People people,
        Function<Subject, Optional<ConsoleRight>> rights,
        Function<Subject, List<Destination>> destinations,
        Function<Ticket, Optional<ObjectNode>> receipts,
        Supplier<Status> status) {}
