/**
 * A second reading of a statement, by JSqlParser, into the same syntax tree: a witness to the first one, and the reader of
 * what the first does not take. JSqlParser sees no text of the client's, see {@link
 * dev.gatehouse.analyzer.second.Rendering}, and nothing it says is passed over, see {@link
 * dev.gatehouse.analyzer.second.Nodes}.
 */
@NullMarked
package dev.gatehouse.analyzer.second;

import org.jspecify.annotations.NullMarked;
