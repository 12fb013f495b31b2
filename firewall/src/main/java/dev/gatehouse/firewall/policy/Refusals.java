package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Says to the person who asked what was refused, by which rule, and which part of the statement it was. */
final class Refusals {

    /** The most characters of the whole answer. */
    private static final int MOST = 200;
    /** What stands before the message in the answer, the rule's id aside. */
    private static final int FRAME = "statement blocked by policy rule \"\": ".length();

    private static final String UNREADABLE = "statement could not be analysed, so it was not run";
    private static final String NOT_KNOWN = "A table or a function's body in it is not known to the gateway.";

    private final RuleBook book;
    private final Tags tags;
    private final String upstream;
    private final Set<String> roles;

    Refusals(RuleBook book, Tags tags, String upstream, Set<String> roles) {
        this.book = book;
        this.tags = tags;
        this.upstream = upstream;
        this.roles = roles;
    }

    /** The refusal by a block rule that matches, or that may. */
    Ruling.Refuse byRule(Rule rule, Truth truth, Command command, Instant now) {
        Then.Block block = block(rule);
        if (truth != Truth.YES) {
            String what = "what the statement does is not fully known, and this rule forbids some of what it may do";
            return new Ruling.Refuse(
                    rule.place(),
                    fit(rule.place(), what),
                    block.hint(),
                    new Ruling.Culprit(command.position(), "", "", "", NOT_KNOWN));
        }
        Culprits.Found found = new Culprits(tags, upstream).find(rule, command);
        String message = block.message().isEmpty() ? rule.title() : block.message();
        String filled = fill(message.isEmpty() ? "it is not allowed" : message, rule, found, now);
        return new Ruling.Refuse(
                rule.place(),
                fit(rule.place(), filled),
                fill(block.hint(), rule, found, now),
                found.culprit(this::subject));
    }

    /** The refusal of what no rule allows. */
    Ruling.Refuse byDefault(Set<Kind> kinds, Command command) {
        String words = kinds.stream().map(Kind::word).collect(Collectors.joining(", "));
        return new Ruling.Refuse(
                book.defaultPlace(),
                fit(book.defaultPlace(), "no rule allows " + words + " to " + subject()),
                "",
                new Ruling.Culprit(command.position(), "", "", "", command.complete() ? "" : NOT_KNOWN));
    }

    /** The refusal of a text that could not be analysed, by a rule that means it or may. */
    Ruling.Refuse unreadable(Rule rule, Truth truth, Analysis.Opaque opaque, Instant now) {
        Then.Block block = block(rule);
        boolean meant = truth == Truth.YES && !block.message().isEmpty();
        String message = meant ? fill(block.message(), rule, Culprits.Found.NOTHING, now) : UNREADABLE;
        return new Ruling.Refuse(rule.place(), fit(rule.place(), message), block.hint(), culprit(opaque));
    }

    /** The refusal of a text that could not be analysed, and that no rule is about. */
    Ruling.Refuse unreadable(Analysis.Opaque opaque) {
        return new Ruling.Refuse(book.defaultPlace(), UNREADABLE, "", culprit(opaque));
    }

    /** The refusal of what a statement does with a masked column. */
    Ruling.Refuse maskedUse(Ruling.Source place, Column column, int position, String message) {
        Set<String> carried = tags.of(upstream, column);
        String classified = carried.isEmpty() ? "" : "classified " + String.join(", ", carried) + " and ";
        return new Ruling.Refuse(
                place,
                fit(place, message),
                "Leave the column out of conditions, or ask for a role that sees it in clear.",
                new Ruling.Culprit(
                        position,
                        schema(column.table()),
                        column.table().name(),
                        column.name(),
                        "Column " + named(column.table()) + "." + column.name() + " is " + classified + "masked for "
                                + subject() + "."));
    }

    /** The refusal of a value that a mask may have shown, in the place of the one it hides. */
    Ruling.Refuse writeBack(Ruling.Source place, Column column, int position, String message) {
        Ruling.Refuse refusal = maskedUse(place, column, position, message);
        return new Ruling.Refuse(
                refusal.rule(),
                refusal.message(),
                "Leave the column out of what you set, or have it set by a role that sees it in clear.",
                refusal.culprit());
    }

    /** The text cut so that the whole answer keeps to its length. */
    String fit(Ruling.Source place, String text) {
        int room = Math.max(0, MOST - FRAME - place.id().length());
        if (text.length() <= room) {
            return text;
        }
        int cut = Math.max(0, room - 1);
        return text.substring(0, cut > 0 && Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut) + "…";
    }

    /** Who asked, in the words of the policy. */
    private String subject() {
        if (roles.isEmpty()) {
            return "an identity without a role";
        }
        return (roles.size() == 1 ? "role " : "roles ") + String.join(", ", roles);
    }

    private static Then.Block block(Rule rule) {
        return rule.then() instanceof Then.Block block ? block : new Then.Block("", "");
    }

    private static String fill(String text, Rule rule, Culprits.Found found, Instant now) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        String end = rule.time().map(t -> t.calendar().end(now)).orElse("");
        return text.replace("{tags}", String.join(", ", found.tags()))
                .replace("{function}", found.function())
                .replace("{table}", found.table().map(Refusals::named).orElse(""))
                .replace("{column}", found.column())
                .replace("{time.end}", end);
    }

    private static Ruling.Culprit culprit(Analysis.Opaque opaque) {
        return new Ruling.Culprit(opaque.position(), "", "", "", sentence(opaque.reason()));
    }

    static String sentence(String text) {
        if (text.isEmpty()) {
            return "";
        }
        String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    static String schema(Table table) {
        return table.schema().equals(Table.UNKNOWN) ? "" : table.schema();
    }

    static String named(Table table) {
        return table.schema().equals(Table.UNKNOWN) ? table.name() : table.toString();
    }
}
