package dev.gatehouse.firewall.policy;

import static dev.gatehouse.firewall.policy.Sample.command;
import static dev.gatehouse.firewall.policy.Sample.rule;
import static dev.gatehouse.firewall.policy.Sample.session;
import static dev.gatehouse.firewall.policy.Sample.statement;
import static dev.gatehouse.firewall.policy.Sample.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rules make of commands that are neither queries nor change rows. */
class UtilityCommandsTest {

    private static final Session SOMEONE = session(subject("maya"));

    private static boolean allowed(Analysis analysis, Rule... rules) {
        RulePolicy policy = new RulePolicy(new RuleBook(
                "pol_00000000",
                false,
                new Ruling.Source(RuleBook.DEFAULT_ID, "rules.yaml", 3),
                List.of(),
                List.of(),
                List.of(),
                List.of(rules),
                List.of(),
                MaskUse.BLOCK));
        return policy.rule(SOMEONE, analysis, Instant.parse("2026-11-23T11:00:00Z"))
                .match(allow -> true, refuse -> false, hold -> false);
    }

    @Test
    void whoMayUseAKindMayUseTheNarrowerOnes() {
        Rule queries =
                rule("queries").statement(statement().kinds(Kind.SELECT).done()).allows();

        assertThat(allowed(command(Kind.FETCH).analysis(), queries)).isTrue();
        assertThat(allowed(command(Kind.DECLARE).with(Kind.SELECT).analysis(), queries))
                .isTrue();
        assertThat(allowed(command(Kind.COPY_OUT).analysis(), queries)).isFalse();
    }

    @Test
    void aNarrowKindCanBeNamedAlone() {
        Rule maintenance = rule("maintenance")
                .statement(statement().kinds(Kind.REINDEX).done())
                .allows();

        assertThat(allowed(command(Kind.REINDEX).analysis(), maintenance)).isTrue();
        assertThat(allowed(command(Kind.VACUUM).analysis(), maintenance)).isFalse();
        assertThat(allowed(command(Kind.CLUSTER).analysis(), maintenance)).isFalse();
    }

    @Test
    void lockingAWholeTableCountsAsWritingIt() {
        Rule everything = rule("everything").allows();
        Rule untouchable = rule("untouchable")
                .statement(statement().writesTables("*.customers").done())
                .blocks("hands off");

        Analysis table = command(Kind.LOCK).locks("sales.customers", false).analysis();
        Analysis rows = command(Kind.SELECT)
                .reads("sales.customers")
                .locks("sales.customers", true)
                .analysis();
        assertThat(allowed(table, everything, untouchable)).isFalse();
        assertThat(allowed(rows, everything, untouchable)).isTrue();
    }
}
