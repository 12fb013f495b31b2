/**
 * Reads what MySQL and MariaDB know besides queries and changes of rows, by tables of their syntax.
 *
 * <p>The tables are text, in the notation {@link dev.gatehouse.analyzer.mysql.Notation} explains, and read like the manuals.
 */
@NullMarked
package dev.gatehouse.analyzer.mysql;

import org.jspecify.annotations.NullMarked;
