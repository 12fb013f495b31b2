package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.approval.Finding.About;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells a reviewer in words what a statement does, as far as the analysis knows, and says where it does not. */
public final class Findings {

    /** More nobody reads, and a text may have hundreds of thousands of commands. */
    static final int MOST = 1_000;

    private final Policy policy;
    private final Session session;
    private final Set<Finding> found = new LinkedHashSet<>();
    private final Map<String, Set<String>> uses = new TreeMap<>();

    private Findings(Policy policy, Session session) {
        this.policy = policy;
        this.session = session;
    }

    /**
     * What is found in a statement, each thing once, sorted by what it is about.
     *
     * @param policy tells which columns are masked for this session
     */
    public static List<Finding> of(Policy policy, Session session, Statement statement, Analysis analysis) {
        Findings findings = new Findings(policy, session);
        findings.transaction(statement.transaction());
        if (analysis instanceof Analysis.Opaque opaque) {
            findings.add(About.WARNING, "the statement was not understood: " + opaque.reason());
        } else {
            for (Command command : ((Analysis.Understood) analysis).commands()) {
                findings.command(command);
            }
        }
        return findings.sorted();
    }

    private List<Finding> sorted() {
        uses.forEach((column, how) -> add(About.USES, column + ": " + String.join(", ", how)));
        List<Finding> all = new ArrayList<>(found);
        if (all.size() > MOST) {
            all = new ArrayList<>(all.subList(0, MOST));
            all.add(new Finding(About.WARNING, "it does more than the " + MOST + " things listed"));
        }
        all.sort((one, other) -> one.about().compareTo(other.about()));
        return List.copyOf(all);
    }

    private void add(About about, String text) {
        if (found.size() <= MOST) {
            found.add(new Finding(about, text));
        }
    }

    private void transaction(Statement.Transaction transaction) {
        add(
                About.TRANSACTION,
                switch (transaction) {
                    case NONE -> "none is open";
                    case CLEAN -> "one is open that has written nothing";
                    case WRITTEN -> "one is open that has written, and holds locks";
                    case FAILED -> "one is open that has failed";
                });
    }

    private void command(Command command) {
        if (found.size() > MOST) {
            return;
        }
        add(About.STATEMENT, command.verb().word());
        if (!command.complete()) {
            add(About.WARNING, "not all that the " + command.verb().word() + " does is known");
        }
        if (command.where() == Command.Where.MISSING) {
            add(About.WARNING, "it has no WHERE");
        } else if (command.where() == Command.Where.ALWAYS_TRUE) {
            add(About.WARNING, "its WHERE is true of every row");
        }
        command.effects().forEach(this::effect);
        if (command.output().isEmpty()) {
            add(About.RESULT, "columns that the text does not tell of");
        }
        command.output().orElse(List.of()).forEach(output -> add(About.RESULT, result(output)));
    }

    private void effect(Effect effect) {
        if (effect instanceof Effect.Reads reads) {
            add(About.READS, reads.table().toString());
        } else if (effect instanceof Effect.Writes writes) {
            add(About.WRITES, writes.table().toString());
        } else if (effect instanceof Effect.Uses use) {
            use(use.column(), word(use.use()));
        } else if (effect instanceof Effect.Tests tests) {
            use(tests.column(), "test");
        } else if (effect instanceof Effect.Calls calls) {
            add(
                    About.CALLS,
                    calls.name() + "  " + (calls.known() ? word(calls.volatility()) : "what it does is not known"));
        } else {
            add(About.DOES, other(effect));
        }
    }

    private void use(Column column, String how) {
        if (uses.size() < MOST || uses.containsKey(column.toString())) {
            Set<String> all = uses.computeIfAbsent(column.toString(), c -> new TreeSet<>());
            all.add(how);
            policy.mask(session, column).ifPresent(mask -> all.add("masked by " + mask.id()));
        }
    }

    private static String other(Effect effect) {
        if (effect instanceof Effect.Locks locks) {
            return "locks " + (locks.rows() ? "rows of " : "") + locks.table() + "  " + locks.strength();
        }
        if (effect instanceof Effect.Files files) {
            return "file " + word(files.access()) + named(files.name());
        }
        if (effect instanceof Effect.Sets sets) {
            return "sets " + sets.name().orElse("settings that the text does not tell") + " of the "
                    + word(sets.reach());
        }
        if (effect instanceof Effect.Recalls recalls) {
            return "depends on the session's " + recalls.name();
        }
        if (effect instanceof Effect.Defines defines) {
            return defines.object() + " " + defines.name() + " " + word(defines.change());
        }
        if (effect instanceof Effect.Grants grants) {
            return (grants.given() ? "grants " : "revokes ")
                    + String.join(", ", grants.privileges())
                    + (grants.names().isEmpty() ? "" : " on " + String.join(", ", grants.names()))
                    + (grants.given() ? " to " : " from ")
                    + String.join(", ", grants.grantees());
        }
        if (effect instanceof Effect.Runs runs) {
            return "runs code that is not read: " + word(runs.code()) + named(runs.name());
        }
        return "reaches another server" + named(((Effect.Connects) effect).name());
    }

    private String result(Output output) {
        if (output.isOfObjects()) {
            return "columns that tell of objects and settings";
        }
        if (!output.accounted()) {
            return output.name() + "  from what is not known, shown as NULL where anything is masked";
        }
        Optional<MaskRule> mask = policy.strongest(session, output.origins());
        return output.name() + "  " + output.told()
                + mask.map(rule ->
                                output.whole() ? "  masked by " + rule.id() : "  shown as NULL, by mask " + rule.id())
                        .orElse("");
    }

    private static String named(Optional<String> name) {
        return name.map(text -> ": " + text).orElse("");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
