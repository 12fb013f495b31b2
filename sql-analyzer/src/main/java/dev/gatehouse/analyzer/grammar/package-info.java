/**
 * Reads queries and commands that change rows into the syntax tree, with parsers generated from Calcite's grammar template
 * and our productions ({@code src/main/codegen}).
 *
 * <p>Which nodes a text becomes, beyond what {@link dev.gatehouse.analyzer.tree} says. Positions are line 1 and, as the
 * column, the position of the lexer's token; every identifier has them for each of its parts.
 *
 * <table>
 * <caption>Forms and their nodes</caption>
 * <tr><td>{@code WITH a AS (…) …}</td><td>SqlWith around everything; in a SqlWithItem's query also Insert, Update, Delete,
 *     Merge, and around that {@code Form.SEARCH}, {@code Form.CYCLE}</td></tr>
 * <tr><td>order and bounds, then locks</td><td>{@code LOCKING(SqlOrderBy(query, keys, offset, fetch), locks)}; LIMIT ALL
 *     has no fetch</td></tr>
 * <tr><td>{@code ORDER BY a DESC NULLS LAST}</td><td>{@code NULLS_LAST(DESC(a))}, {@code SORT_USING(a, op)}</td></tr>
 * <tr><td>{@code VALUES}, {@code TABLE t}</td><td>{@code VALUES(ROW…)}, {@code EXPLICIT_TABLE(t)}, where t may be
 *     ONLY(t)</td></tr>
 * <tr><td>UNION and its kin</td><td>calls of Calcite's SqlSetOperators, two operands each, the first one the deeper</td></tr>
 * <tr><td>GROUP BY</td><td>keys; ROLLUP, CUBE, GROUPING_SETS with keys as operands, where {@code ()} is an empty list and
 *     {@code (a, b)} a ROW; GROUP_BY_DISTINCT around all</td></tr>
 * <tr><td>{@code *}, {@code t.*} as an item</td><td>a SqlIdentifier that is a star</td></tr>
 * <tr><td>{@code t.*} elsewhere, {@code (v).*}</td><td>{@code ALL_FIELDS(row)}</td></tr>
 * <tr><td>{@code v AS a}, {@code t AS a (b, c)}</td><td>{@code AS(v, a)}, {@code AS(t, a, b, c)}; {@code COLUMN(b, type)}
 *     for one with a type. Without an alias, {@code AS (b int)}, the function's name stands for it, at the function's
 *     position</td></tr>
 * <tr><td>tables with a comma between</td><td>SqlJoin of type COMMA</td></tr>
 * <tr><td>{@code JOIN … USING (a) AS j}</td><td>{@code JOIN_ALIAS(SqlJoin, j)}</td></tr>
 * <tr><td>a function as a table</td><td>the call; {@code ROWS_FROM(calls)}, {@code WITH_ORDINALITY(…)}, LATERAL around
 *     these or a query</td></tr>
 * <tr><td>XMLTABLE, JSON_TABLE</td><td>{@code TABLE_OF(call, columns)}: the call has the values it is made from, also
 *     those in its columns; each column is {@code COLUMN(name, type or null)}</td></tr>
 * <tr><td>{@code t TABLESAMPLE m (1) REPEATABLE (2)}</td><td>{@code TABLESAMPLE(t, m(1), 2)}</td></tr>
 * <tr><td>{@code f(a)}</td><td>a call of SqlUnresolvedFunction; {@code COUNT(*)} has a star; DISTINCT is the call's
 *     quantifier; around it ORDERED, WITHIN_GROUP, FILTER, OVER, in this order</td></tr>
 * <tr><td>{@code f(a => v)}, {@code f(VARIADIC v)}</td><td>{@code ARGUMENT_ASSIGNMENT(v, a)}, {@code VARIADIC(v)}</td></tr>
 * <tr><td>COALESCE, GREATEST, LEAST, NULLIF, GROUPING, EXISTS, CURRENT_DATE and its kin</td><td>Calcite's operators</td></tr>
 * <tr><td>EXTRACT, OVERLAY, POSITION, SUBSTRING, TRIM, NORMALIZE, COLLATION FOR, XML and JSON functions</td><td>calls of
 *     functions of these names, with their values in the order written; EXTRACT's field is a string</td></tr>
 * <tr><td>{@code v::t}, {@code CAST}, {@code TREAT}, {@code date '…'}</td><td>{@code CAST(v, SqlDataTypeSpec)}</td></tr>
 * <tr><td>operators Calcite has not</td><td>{@code new Form("->>")} with one or two operands; {@code OPERATOR(s.+)} under
 *     that name</td></tr>
 * <tr><td>{@code v = ANY (…)}</td><td>{@code QUANTIFIED("=", v, array or query)}</td></tr>
 * <tr><td>{@code (v).f}, {@code v[1]}, {@code v[1:2]}</td><td>{@code DOT(v, f)}, {@code ITEM(v, 1)}, {@code SLICE}</td></tr>
 * <tr><td>chains of AND, of OR</td><td>a tree as flat as can be; other operators associate to the left</td></tr>
 * <tr><td>{@code SET (a, b) = …}</td><td>{@code ASSIGN(ROW(a, b), v)}</td></tr>
 * <tr><td>{@code RETURNING WITH (OLD AS o) …}</td><td>{@code ROW_NAMES([AS(old, o)])} as the first of the items</td></tr>
 * </table>
 */
@NullMarked
package dev.gatehouse.analyzer.grammar;

import org.jspecify.annotations.NullMarked;
