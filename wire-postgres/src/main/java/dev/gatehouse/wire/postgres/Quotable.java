package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.wire.postgres.message.Report;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the client may be told of an error or notice of the server's, which may quote what a mask protects. */
enum Quotable {
    /** All of it. */
    ANYTHING,
    /** What was not understood of the text, and what names in it stand for: no row had been looked at yet. */
    NAMES,
    /**
     * What never quotes a value. A value that is taken for a name ({@code email::regclass}) is quoted where a name would be.
     */
    NO_VALUES;

    /** Classes whose messages name what the text names, and rules: objects, syntax. */
    private static final List<String> OF_NAMES = List.of("26", "34", "3B", "3D", "3F", "42");

    /** Classes whose messages never quote a value: constraints, transactions, resources, operator's orders. */
    private static final List<String> OF_RULES = List.of("23", "25", "40", "53", "55", "57");

    /** Commands that run other code, or are not known. */
    private static final Set<Kind> RUNNING = EnumSet.of(Kind.CALL, Kind.DO, Kind.EXECUTE, Kind.EXPLAIN, Kind.UNKNOWN);

    /**
     * What may be told of something that a statement with masked columns answers.
     *
     * @param head the answer it came in place of
     * @param looksAtProtected whether a command may look at protected values
     */
    static Quotable of(@Nullable Reply head, Report report, Predicate<Command> looksAtProtected) {
        if (head instanceof Reply.Parsed || head instanceof Reply.Bound) {
            return NAMES;
        }
        boolean begun = !report.field('W').isEmpty();
        return head instanceof Reply.Queried queried && !begun && mayBeUnread(queried.portal(), looksAtProtected)
                ? NAMES
                : NO_VALUES;
    }

    /** Whether the server may have said this while it read the command, as it has told of no rows of it yet. */
    private static boolean mayBeUnread(Portal portal, Predicate<Command> looksAtProtected) {
        if (portal.plan != null
                || portal.resolved().hasNames()
                || !(portal.analysis() instanceof Analysis.Understood text)) {
            return false;
        }
        return portal.command < text.commands().size()
                && showsFirst(text.commands().get(portal.command), looksAtProtected);
    }

    /** Whether it tells of its rows before it looks at any, or shows nothing of what it looks at. */
    private static boolean showsFirst(Command command, Predicate<Command> looksAtProtected) {
        if (command.kinds().equals(Set.of(Kind.SELECT))) {
            return true;
        }
        boolean silent = command.output().map(List::isEmpty).orElse(false);
        return silent && command.kinds().stream().noneMatch(RUNNING::contains) && !looksAtProtected.test(command);
    }

    /**
     * The report without what may not be told.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
     */
    Report of(Report report) {
        if (this == ANYTHING) {
            return report;
        }
        String state = report.field('C');
        String kind = state.length() < 2 ? "" : state.substring(0, 2);
        boolean plain = OF_RULES.contains(kind) || (this == NAMES && OF_NAMES.contains(kind));
        String message = plain
                ? report.field('M')
                : "the statement failed with SQLSTATE " + state
                        + "; the message is withheld as it may quote masked values";
        return Report.of(report.tag(), report.field('S'), state, message)
                .with('V', report.field('V'))
                .with('P', this == NAMES ? report.field('P') : "")
                .with('s', report.field('s'))
                .with('t', report.field('t'))
                .with('c', report.field('c'))
                .with('n', plain ? report.field('n') : "")
                .with('R', report.field('R'));
    }
}
