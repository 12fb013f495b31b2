@NullMarked
package dev.gatehouse.analyzer.mysql;

import org.jspecify.annotations.NullMarked;
