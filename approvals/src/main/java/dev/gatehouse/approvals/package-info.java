/** The desk where statements wait for people, with its memory in a store that outlives the gateway and that several share. */
@NullMarked
package dev.gatehouse.approvals;

import org.jspecify.annotations.NullMarked;
