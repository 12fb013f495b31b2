/** The desk on both databases. */
@NullMarked
package dev.gatehouse.approvals;

import org.jspecify.annotations.NullMarked;
