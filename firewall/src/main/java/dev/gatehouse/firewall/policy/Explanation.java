package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Analysis.Opaque;
import dev.gatehouse.firewall.statement.Analysis.Understood;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.ColumnType;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says in words what a policy makes of a statement, and where the columns of its result come from. */
public final class Explanation {

    /** More nobody reads, and a text may have hundreds of thousands of commands. */
    private static final int MOST_LINES = 1_000;

    private final Policy policy;
    private final Session session;
    private final Catalog catalog;
    private final List<String> lines = new ArrayList<>();

    private Explanation(Policy policy, Session session, Catalog catalog) {
        this.policy = policy;
        this.session = session;
        this.catalog = catalog;
    }

    /**
     * Explains.
     *
     * @param catalog tells the types of columns
     * @return lines for a person to read, in ASCII but for names and messages
     */
    public static List<String> of(Policy policy, Session session, Analysis analysis, Instant now, Catalog catalog) {
        Explanation explanation = new Explanation(policy, session, catalog);
        explanation.ruling(policy.rule(session, analysis, now));
        if (analysis instanceof Opaque opaque) {
            explanation.line("statement", "not understood: " + opaque.reason());
        } else {
            explanation.commands(((Understood) analysis).commands());
            explanation.detections();
        }
        return explanation.lines;
    }

    private void line(String about, String text) {
        lines.add(String.format(Locale.ROOT, "%-10s %s", about, text));
    }

    private void ruling(Ruling ruling) {
        Ruling.Source rule = ruling.rule();
        String place = rule.file().isEmpty() ? "" : "  " + rule.file() + ":" + rule.line();
        line(
                ruling.match(allow -> "ALLOW", refuse -> "BLOCK", hold -> "APPROVE"),
                "rule " + rule.id() + place + "  policy " + policy.version());
        if (ruling instanceof Ruling.Refuse refuse) {
            line("", refuse.message());
            if (!refuse.culprit().detail().isEmpty()) {
                line("", refuse.culprit().detail());
            }
            if (!refuse.hint().isEmpty()) {
                line("to pass", refuse.hint());
            }
        } else if (ruling instanceof Ruling.Hold hold) {
            Flow flow = hold.flow();
            Set<String> asked = new TreeSet<>(flow.reviewerUsers());
            flow.reviewerGroups().forEach(group -> asked.add("group " + group));
            line("asked", String.join(", ", asked) + "; " + flow.needed() + " needed");
        }
    }

    private void commands(List<Command> commands) {
        for (Command command : commands) {
            if (lines.size() >= MOST_LINES) {
                line("", "and more");
                return;
            }
            line("statement", command.verb().word() + (command.complete() ? "" : ", not accounted for in full"));
            protectedColumns(command);
            List<Output> output = command.output().orElse(List.of());
            if (output.size() == 1 && output.get(0).isOfObjects()) {
                line("columns", "that tell of objects and settings, in clear");
                continue;
            }
            for (int i = 0; i < output.size() && lines.size() < MOST_LINES; i++) {
                line("column " + (i + 1), column(output.get(i)));
            }
        }
    }

    /** What is looked for in the texts of a result that are shown in clear. */
    private void detections() {
        if (policy.detections(session).isEmpty() || lines.stream().noneMatch(line -> line.startsWith("column "))) {
            return;
        }
        line(
                "detected",
                policy.detections(session).stream()
                        .map(found -> found.kind().name().toLowerCase(Locale.ROOT) + " by mask "
                                + found.rule().id())
                        .collect(Collectors.joining(", ")));
    }

    /** What becomes of the columns that this session does not see in clear. */
    private void protectedColumns(Command command) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Uses use
                    && policy.mask(session, use.column()).isPresent()) {
                uses.computeIfAbsent(use.column().toString(), column -> new TreeSet<>())
                        .add(use.use().name().toLowerCase(Locale.ROOT));
            } else if (effect instanceof Effect.Tests tests
                    && policy.mask(session, tests.column()).isPresent()) {
                uses.computeIfAbsent(tests.column().toString(), column -> new TreeSet<>())
                        .add("test");
            }
        }
        uses.forEach((column, how) -> line("protected", column + "  used as: " + String.join(", ", how)));
    }

    private String column(Output output) {
        if (!output.accounted()) {
            String by = output.path().isEmpty() ? "" : "  by " + String.join(", ", output.path());
            return output.name() + "  from what is not known" + by + "  shown as NULL";
        }
        Optional<MaskRule> mask = policy.strongest(session, output.origins());
        return output.name() + "  " + output.told()
                + mask.map(rule -> "  " + shown(rule, output)).orElse("");
    }

    private String shown(MaskRule rule, Output output) {
        if (!output.whole()) {
            return "shown as NULL, by mask " + rule.id();
        }
        return misfit(rule, output)
                .map(type -> "shown as NULL: mask " + rule.id() + " knows nothing of " + type.name())
                .orElse("masked: " + rule.id());
    }

    /** The type of a column that is shown as it is, and of which its mask knows nothing. */
    private Optional<ColumnType> misfit(MaskRule rule, Output output) {
        return !output.path().stream().allMatch(Explanation::keepsTypes)
                ? Optional.empty()
                : output.origins().stream()
                        .filter(column -> policy.mask(session, column)
                                .filter(rule::equals)
                                .isPresent())
                        .flatMap(column -> catalog.type(column).stream())
                        .filter(type -> !rule.transform().takes(type.sort()))
                        .findFirst();
    }

    /** Whether what values have come through is a view or the like, and neither function nor cast. */
    private static boolean keepsTypes(String way) {
        return way.startsWith("view ") || way.startsWith("with ");
    }
}
