package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.firewall.statement.Kind;
import java.util.List;

/**
 * What an INSERT, UPDATE, DELETE or MERGE says besides the query it was turned into.
 *
 * @param kinds what it does to its target
 * @param verb where its verb stands
 * @param target the target's name, with its schema if it was written
 * @param assigned the columns it assigns, in the order of its {@link Marker#CARRY} calls; a number is the place of a column
 *     in the target, from 0
 * @param inserted the columns its source fills, in order; empty for all of the target's
 * @param restricted whether it is an UPDATE or DELETE, and so should have a condition
 */
record Write(
        List<Kind> kinds,
        int verb,
        List<Token> target,
        List<Token> assigned,
        List<Token> inserted,
        boolean restricted) {}
