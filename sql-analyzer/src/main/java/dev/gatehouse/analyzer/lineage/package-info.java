/**
 * The account of a statement: where its values come from and go to, and what else it does, read off its syntax tree.
 *
 * <p>What names mean is asked of a {@link dev.gatehouse.analyzer.lineage.Vocabulary}, so that one pass serves every
 * dialect and catalog.
 */
@NullMarked
package dev.gatehouse.analyzer.lineage;

import org.jspecify.annotations.NullMarked;
