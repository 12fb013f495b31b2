@NullMarked
package dev.gatehouse.analyzer.grammar;

import org.jspecify.annotations.NullMarked;
