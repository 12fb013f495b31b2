package dev.gatehouse.analyzer.verb;

import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Verb.Trait;
import java.util.List;

/**
 * A piece of a command's synopsis, as the manual would print it. In a file of synopses stand, each beginning a line,
 *
 * <ul>
 *   <li>{@code DROP TABLE = …}: a page of the manual, by its title; its first word is the command's verb, the others are
 *       the object
 *   <li>{@code behavior = …}: a rule that other synopses name
 * </ul>
 *
 * and in them
 *
 * <ul>
 *   <li>{@code WORD}: a key word; {@code (} and {@code )}: themselves; {@code '='}: any other sign
 *   <li>{@code [ a ]}: a, or nothing; <code>{ a | b }</code>: the first of them that fits, with no return once it did;
 *       only a page's own choices are tried until one fits to the end
 *   <li>{@code a ...}: as many as there are, at least one; {@code a ,...}: the same, with commas between
 *   <li>{@code ! a}: nothing, where a does not come next
 *   <li>{@code rule}, {@code /PAGE TITLE/}: another one's synopsis
 *   <li>{@code name}, {@code expression} and the other {@link Form}s
 *   <li>{@code <drops TABLE>}, {@code <reads TABLE : DETAIL>}: a {@link dev.gatehouse.analyzer.tree.Part}, read in the
 *       way of its object
 *   <li>{@code <column>}: a column of the part before it; {@code <own column>}: one of the command's first relation
 *   <li>{@code @TOUCHES_MORE}: a {@link Trait}; {@code @columns(a,b)}: the result's columns; {@code @detail(LOCKS SHARE)}: the
 *       detail of all parts with that deed
 * </ul>
 */
sealed interface Synopsis {

    record Word(String word) implements Synopsis {}

    record Sign(String sign) implements Synopsis {}

    record Sequence(List<Synopsis> all) implements Synopsis {}

    record Choice(List<Synopsis> any) implements Synopsis {}

    record Maybe(Synopsis one) implements Synopsis {}

    record Several(Synopsis one, boolean commas) implements Synopsis {}

    record Unless(Synopsis one) implements Synopsis {}

    record Rule(String name) implements Synopsis {}

    record Written(Form form) implements Synopsis {}

    record Named(Deed deed, String object, String detail) implements Synopsis {}

    record Column(boolean own) implements Synopsis {}

    record Noted(Trait trait) implements Synopsis {}

    record Answered(List<String> columns) implements Synopsis {}

    record Detailed(Deed deed, String detail) implements Synopsis {}

    /** What is read in a way of its own. */
    enum Form {
        /** One name that no key word is. */
        NAME,
        /** One name that no reserved word is. */
        NONRESERVED,
        /** Any word. */
        LABEL,
        /** A name with the names that qualify it. */
        QUALIFIED,
        STRING,
        NUMBER,
        /** An operator, as it is written. */
        OPERATOR_SIGN,
        /** An expression, up to a comma, a parenthesis or a semicolon that is not in it. */
        EXPRESSION,
        /** An expression, up to what may follow a DEFAULT in a column's definition. */
        B_EXPRESSION,
        /** A function with its arguments. */
        FUNCTION_CALL,
        /** Nothing, where the command ends. */
        END
    }
}
