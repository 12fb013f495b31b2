/** The gate of a running gateway: policy, record and approval, in this order. */
@NullMarked
package dev.gatehouse.gateway.gate;

import org.jspecify.annotations.NullMarked;
