package dev.gatehouse.firewall.session;

import java.time.Instant;

/**
 * What somebody has proved by a token.
 *
 * @param subject who that is
 * @param until when it no longer counts, and a session that began by it ends
 */
public record Pass(Subject subject, Instant until) {}
