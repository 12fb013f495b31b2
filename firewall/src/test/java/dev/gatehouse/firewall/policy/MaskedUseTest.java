package dev.gatehouse.firewall.policy;

import static dev.gatehouse.firewall.policy.Sample.command;
import static dev.gatehouse.firewall.policy.Sample.rule;
import static dev.gatehouse.firewall.policy.Sample.session;
import static dev.gatehouse.firewall.policy.Sample.statement;
import static dev.gatehouse.firewall.policy.Sample.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskedUseTest {

    private static final Session ANALYST = session(subject("maya", "analysts"));
    private static final Session LEAD = session(subject("lena", "leads"));
    private static final Ruling.Source PLACE = new Ruling.Source(MaskUse.ID, "rules.yaml", 40);
    private static final MaskUse ALLOWED = new MaskUse(true, Optional.empty(), PLACE);
    private static final MaskUse REVIEWED = new MaskUse(false, Optional.of(Sample.REVIEW), PLACE);
    /** The ways in which values may decide over rows: all of them are kept from masked columns. */
    private static final List<Use> DECIDING = List.of(Use.PREDICATE, Use.JOIN, Use.ORDER, Use.GROUP);

    private static final Column EMAIL = Column.of("public", "customers", "email");

    private static ColumnMask mask(String id, String tag, Transform transform) {
        return new ColumnMask(
                Names.of(tag),
                List.of(),
                Optional.empty(),
                Optional.of(Who.roles("lead")),
                Optional.empty(),
                new MaskRule(id, transform));
    }

    private static RulePolicy policy(MaskUse use, ColumnMask... masks) {
        return new RulePolicy(new RuleBook(
                "pol_00000000",
                true,
                new Ruling.Source(RuleBook.DEFAULT_ID, "rules.yaml", 3),
                List.of(new Role("lead", Names.of("leads"), Names.NONE, Set.of())),
                List.of(),
                List.of(
                        new Classification("pii.email", List.of(NamePattern.column("*.*.email"))),
                        new Classification("pci.pan", List.of(NamePattern.column("billing.*.cards.number")))),
                List.of(rule("unreadable")
                        .statement(statement().parseFailed().done())
                        .allows()),
                List.of(masks),
                use));
    }

    private static final ColumnMask BY_EMAIL =
            mask("email", "pii.email", new Transform.Email(Transform.Email.Keep.DOMAIN));

    private static String ruling(Policy policy, Session session, Analysis analysis) {
        return policy.rule(session, analysis, Instant.EPOCH)
                .match(
                        a -> "allow",
                        r -> "refuse " + r.rule().id(),
                        h -> "hold " + h.rule().id());
    }

    private static Analysis select(Use use) {
        return command(Kind.SELECT).uses("public.customers.email", use).analysis();
    }

    @Test
    void aMaskedColumnMayBeShownAndCountedButNotDecideOrBeCarriedAway() {
        Policy policy = policy(MaskUse.BLOCK, BY_EMAIL);

        assertThat(ruling(policy, ANALYST, select(Use.RESULT))).isEqualTo("allow");
        assertThat(ruling(policy, ANALYST, select(Use.AGGREGATE))).isEqualTo("allow");
        assertThat(ruling(policy, ANALYST, select(Use.WRITTEN))).isEqualTo("allow");
        for (Use use : DECIDING) {
            assertThat(ruling(policy, ANALYST, select(use))).as(use.name()).isEqualTo("refuse mask_use");
            assertThat(ruling(policy, LEAD, select(use))).as(use.name()).isEqualTo("allow");
        }
        assertThat(ruling(policy, ANALYST, select(Use.CARRIED))).isEqualTo("refuse mask_use");
        assertThat(ruling(policy, LEAD, select(Use.CARRIED))).isEqualTo("allow");
    }

    @Test
    void thePolicyMayAllowConditionsOrAskForApprovalButNeverLetValuesBeCarriedAway() {
        for (Use use : DECIDING) {
            assertThat(ruling(policy(ALLOWED, BY_EMAIL), ANALYST, select(use)))
                    .as(use.name())
                    .isEqualTo("allow");
            assertThat(ruling(policy(REVIEWED, BY_EMAIL), ANALYST, select(use)))
                    .as(use.name())
                    .isEqualTo("hold mask_use");
        }
        assertThat(ruling(policy(ALLOWED, BY_EMAIL), ANALYST, select(Use.CARRIED)))
                .isEqualTo("refuse mask_use");
        assertThat(ruling(policy(REVIEWED, BY_EMAIL), ANALYST, select(Use.CARRIED)))
                .isEqualTo("refuse mask_use");
    }

    @Test
    void valuesOfUnknownOriginMayNotDecideEither() {
        for (Use use : DECIDING) {
            Analysis unknown =
                    command(Kind.SELECT).uses(Column.UNKNOWN.toString(), use).analysis();
            assertThat(ruling(policy(MaskUse.BLOCK, BY_EMAIL), ANALYST, unknown))
                    .as(use.name())
                    .isEqualTo("refuse mask_use");
            assertThat(ruling(policy(ALLOWED, BY_EMAIL), ANALYST, unknown))
                    .as(use.name())
                    .isEqualTo("allow");
        }
    }

    @Test
    void aMaskedColumnMayNotDecideWhetherAStatementFails() {
        Analysis tried = command(Kind.SELECT).does(new Effect.Tests(EMAIL, 8)).analysis();

        assertThat(ruling(policy(MaskUse.BLOCK, BY_EMAIL), ANALYST, tried)).isEqualTo("refuse mask_use");
        assertThat(ruling(policy(MaskUse.BLOCK, BY_EMAIL), LEAD, tried)).isEqualTo("allow");
        assertThat(ruling(policy(REVIEWED, BY_EMAIL), ANALYST, tried)).isEqualTo("hold mask_use");
        assertThat(ruling(policy(ALLOWED, BY_EMAIL), ANALYST, tried)).isEqualTo("allow");
    }

    @Test
    void aFunctionThatMayStoreWhatItReadsIsNotCalled() {
        for (Effect.Volatility volatility : Effect.Volatility.values()) {
            boolean pure = volatility == Effect.Volatility.IMMUTABLE || volatility == Effect.Volatility.STABLE;
            Analysis own = command(Kind.SELECT)
                    .does(new Effect.Calls("keep", volatility, false, 8))
                    .incomplete()
                    .analysis();
            Analysis known = command(Kind.SELECT)
                    .does(new Effect.Calls("random", volatility, true, 8))
                    .analysis();

            assertThat(ruling(policy(ALLOWED, BY_EMAIL), ANALYST, own)).isEqualTo(pure ? "allow" : "refuse mask_use");
            assertThat(ruling(policy(ALLOWED, BY_EMAIL), LEAD, own)).isEqualTo("allow");
            assertThat(ruling(policy(ALLOWED, BY_EMAIL), ANALYST, known)).isEqualTo("allow");
        }
    }

    @Test
    void theRefusalSaysWhatTheColumnWasUsedFor() {
        Map<Use, String> said = Map.of(
                Use.PREDICATE, "in a condition",
                Use.JOIN, "to join tables",
                Use.ORDER, "to order rows",
                Use.GROUP, "to group rows");
        said.forEach(
                (use, place) -> assertThat(policy(MaskUse.BLOCK, BY_EMAIL).rule(ANALYST, select(use), Instant.EPOCH))
                        .isInstanceOfSatisfying(Ruling.Refuse.class, refusal -> assertThat(refusal.message())
                                .isEqualTo("column is masked for you and may not be used " + place)));
    }

    @Test
    void theRefusalNamesTheColumn() {
        Ruling ruling = policy(MaskUse.BLOCK, BY_EMAIL).rule(ANALYST, select(Use.PREDICATE), Instant.EPOCH);

        assertThat(ruling).isInstanceOfSatisfying(Ruling.Refuse.class, refusal -> {
            assertThat(refusal.message()).isEqualTo("column is masked for you and may not be used in a condition");
            assertThat(refusal.culprit())
                    .isEqualTo(new Ruling.Culprit(
                            21,
                            "public",
                            "customers",
                            "email",
                            "Column public.customers.email is classified pii.email and masked for an identity"
                                    + " without a role."));
        });
    }

    @Test
    void whatIsNotKnownOfACommandMayCarryValuesUnlessItOnlyReturnsRows() {
        Policy policy = policy(ALLOWED, BY_EMAIL);

        for (Kind kind : List.of(Kind.CALL, Kind.DO, Kind.EXECUTE, Kind.INSERT, Kind.CREATE, Kind.COPY_OUT)) {
            assertThat(ruling(policy, ANALYST, command(kind).incomplete().analysis()))
                    .as(kind.word())
                    .isEqualTo("refuse mask_use");
            assertThat(ruling(policy, LEAD, command(kind).incomplete().analysis()))
                    .as(kind.word())
                    .isEqualTo("allow");
        }
        assertThat(ruling(policy, ANALYST, command(Kind.SELECT).incomplete().analysis()))
                .isEqualTo("allow");
    }

    @Test
    void aTextThatCannotBeAnalysedIsRefusedWhileColumnsAreMasked() {
        Analysis opaque = new Analysis.Opaque("an unknown word", 4);

        assertThat(ruling(policy(ALLOWED, BY_EMAIL), ANALYST, opaque)).isEqualTo("refuse mask_use");
        assertThat(ruling(policy(ALLOWED, BY_EMAIL), LEAD, opaque)).isEqualTo("allow");
    }

    @Test
    void theStrongestMaskOfAColumnWins() {
        ColumnMask gone = new ColumnMask(
                Names.NONE,
                List.of(NamePattern.column("customers.email")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new MaskRule("gone", new Transform.SetNull()));
        Policy policy = policy(MaskUse.BLOCK, BY_EMAIL, gone);

        assertThat(policy.mask(ANALYST, EMAIL).map(MaskRule::id)).contains("gone");
        assertThat(policy.mask(LEAD, EMAIL).map(MaskRule::id)).contains("gone");
        assertThat(policy.mask(ANALYST, Column.of("public", "people", "email")).map(MaskRule::id))
                .contains("email");
        assertThat(policy.mask(LEAD, Column.of("public", "people", "email"))).isEmpty();
    }

    @Test
    void aColumnOfUnknownSchemaIsMaskedByItsName() {
        Policy policy = policy(MaskUse.BLOCK, BY_EMAIL);

        assertThat(policy.mask(ANALYST, Column.of(Table.UNKNOWN, "customers", "email")))
                .isPresent();
        assertThat(policy.mask(ANALYST, Column.of(Table.UNKNOWN, "customers", "name")))
                .isEmpty();
    }

    @Test
    void masksOfAnotherUpstreamDoNotCount() {
        Policy policy = policy(MaskUse.BLOCK, mask("card", "pci.pan", new Transform.CardLast4()));

        assertThat(policy.masksAnything(ANALYST)).isFalse();
        assertThat(policy(MaskUse.BLOCK, BY_EMAIL).masksAnything(ANALYST)).isTrue();
        assertThat(policy(MaskUse.BLOCK, BY_EMAIL).masksAnything(LEAD)).isFalse();
    }
}
