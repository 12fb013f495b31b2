/** Web pages and HTTP API for reviewers and auditors. */
@NullMarked
package dev.gatehouse.console;

import org.jspecify.annotations.NullMarked;
