/** What databases hold: tables, views and functions, read from the servers with the gateway's own login and kept fresh. */
@NullMarked
package dev.gatehouse.analyzer.catalog;

import org.jspecify.annotations.NullMarked;
