/** Receipts of approvals: signed, to be checked far from any gateway. */
@NullMarked
package dev.gatehouse.gateway.receipt;

import org.jspecify.annotations.NullMarked;
