/** What a statement is, what it means, and who reads it. */
@NullMarked
package dev.gatehouse.firewall.statement;

import org.jspecify.annotations.NullMarked;
