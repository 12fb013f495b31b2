/**
 * The syntax tree of a statement: Calcite's classes wherever it has them, and these for what PostgreSQL and MySQL have
 * beyond it.
 *
 * <p>Every part a client wrote is an operand of the node it belongs to, so that who walks operands misses nothing.
 */
@NullMarked
package dev.gatehouse.analyzer.tree;

import org.jspecify.annotations.NullMarked;
