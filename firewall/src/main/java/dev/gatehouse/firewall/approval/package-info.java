/** Statements that wait for a person, and the desk where people decide about them. */
@NullMarked
package dev.gatehouse.firewall.approval;

import org.jspecify.annotations.NullMarked;
