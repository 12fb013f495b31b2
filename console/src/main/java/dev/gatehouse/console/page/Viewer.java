package dev.gatehouse.console.page;

import dev.gatehouse.console.api.Caller;
import java.time.Instant;

/**
 * Whom a page is for.
 *
 * @param caller who is signed in
 * @param pass what their forms bring along, see {@link dev.gatehouse.console.signin.WebSession}
 * @param toDecide how many requests wait for their decision
 * @param now when
 */
public record Viewer(Caller caller, String pass, int toDecide, Instant now) {}
