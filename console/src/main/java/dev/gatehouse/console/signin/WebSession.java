package dev.gatehouse.console.signin;

import dev.gatehouse.firewall.session.Subject;

/**
 * Somebody who is signed in.
 *
 * @param subject who, as of now
 * @param pass what each of their requests that changes something must bring along, which no other site can know
 */
public record WebSession(Subject subject, String pass) {}
