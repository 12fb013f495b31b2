/** Catalogs of real servers. */
@NullMarked
package dev.gatehouse.analyzer.catalog;

import org.jspecify.annotations.NullMarked;
