/** From SQL text and a catalog to an account of what the text does: tables, columns, functions, and where results come from. */
@NullMarked
package dev.gatehouse.analyzer;

import org.jspecify.annotations.NullMarked;
