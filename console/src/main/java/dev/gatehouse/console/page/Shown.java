package dev.gatehouse.console.page;

import dev.gatehouse.firewall.approval.Ticket;

/**
 * A request as a page shows it.
 *
 * @param waiting how many clients wait behind it
 */
public record Shown(Ticket ticket, int waiting) {}
