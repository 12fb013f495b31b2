package dev.gatehouse.firewall.policy;

import static dev.gatehouse.firewall.policy.Sample.command;
import static dev.gatehouse.firewall.policy.Sample.rule;
import static dev.gatehouse.firewall.policy.Sample.session;
import static dev.gatehouse.firewall.policy.Sample.several;
import static dev.gatehouse.firewall.policy.Sample.statement;
import static dev.gatehouse.firewall.policy.Sample.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.StatementClass;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulePolicyTest {

    private static final Instant MONDAY_NOON = Instant.parse("2026-11-23T11:00:00Z");
    private static final Session ANALYST = session(subject("maya", "analysts"));
    private static final Session ENGINEER = session(subject("erik", "backend"));
    private static final Session STRANGER = session(subject("nobody"));

    private static final List<Role> ROLES = List.of(
            new Role("analyst", Names.of("analysts"), Names.NONE, Set.of()),
            new Role("engineer", Names.of("backend"), Names.NONE, Set.of()),
            new Role("auditor", Names.of("auditors"), Names.NONE, Set.of(), Optional.of(ConsoleRight.VIEW)),
            new Role("admin", Names.of("admins"), Names.NONE, Set.of(), Optional.of(ConsoleRight.OPERATE)),
            new Role("agent", Names.NONE, Names.NONE, EnumSet.of(Subject.Kind.AGENT)));
    private static final List<Classification> TAGS = List.of(
            new Classification("pii.ssn", List.of(NamePattern.column("orders.*.customers.ssn"))),
            new Classification("pii.email", List.of(NamePattern.column("*.*.email"))));

    private static final Rule READS = rule("reads")
            .who(Who.roles("analyst", "engineer"))
            .statement(statement()
                    .classes(StatementClass.READ, StatementClass.SESSION)
                    .done())
            .allows();
    private static final Rule WRITES = rule("writes")
            .who(Who.roles("engineer"))
            .statement(statement().kinds(Kind.INSERT, Kind.UPDATE, Kind.DELETE).done())
            .allows();
    private static final Rule NO_WHERE = rule("no-where")
            .statement(statement()
                    .kinds(Kind.UPDATE, Kind.DELETE)
                    .where(Where.MISSING, Where.ALWAYS_TRUE)
                    .done())
            .blocks("UPDATE/DELETE without a WHERE is not allowed");
    private static final Rule NO_SSN = rule("no-ssn")
            .who(Who.allBut(Who.roles("privacy")))
            .statement(statement().readsTags("pii.ssn").done())
            .blocks("column is classified {tags}");
    private static final Rule NO_SLEEP = rule("no-sleep")
            .statement(statement().functions("pg_sleep", "dblink*").done())
            .blocks("function {function} is not allowed");
    private static final Rule CANNOT_ANALYSE =
            rule("cannot-analyse").statement(statement().parseFailed().done()).blocks("it could not be analysed");

    private static RulePolicy policy(Rule... rules) {
        return policy(false, List.of(), MaskUse.BLOCK, rules);
    }

    private static RulePolicy policy(boolean allow, List<ColumnMask> masks, MaskUse use, Rule... rules) {
        return new RulePolicy(new RuleBook(
                "pol_00000000",
                allow,
                new Ruling.Source(RuleBook.DEFAULT_ID, "rules.yaml", 3),
                ROLES,
                List.of(
                        new LoginGrant(Names.of("analyst"), Names.of("orders"), Set.of("ro"), "ro"),
                        new LoginGrant(Names.of("engineer"), Names.of("ord*"), Set.of("ro", "rw"), "rw")),
                TAGS,
                List.of(rules),
                masks,
                use));
    }

    private static String ruling(Policy policy, Session session, Analysis analysis) {
        return policy.rule(session, analysis, MONDAY_NOON)
                .match(
                        a -> "allow " + a.rule().id(),
                        r -> "refuse " + r.rule().id(),
                        h -> "hold " + h.rule().id() + " " + h.flow().name());
    }

    private static Ruling.Refuse refusal(Policy policy, Session session, Analysis analysis) {
        Ruling ruling = policy.rule(session, analysis, MONDAY_NOON);
        assertThat(ruling).isInstanceOf(Ruling.Refuse.class);
        return (Ruling.Refuse) ruling;
    }

    @Test
    void theGreatestOfTheRightsInTheConsoleCounts() {
        assertThat(policy().console(subject("maya", "analysts"))).isEmpty();
        assertThat(policy().console(subject("tom", "auditors"))).contains(ConsoleRight.VIEW);
        assertThat(policy().console(subject("ada", "auditors", "admins"))).contains(ConsoleRight.OPERATE);
    }

    @Test
    void namesMatterWhereARuleOrAMaskAsksForThem() {
        ColumnMask mask = new ColumnMask(
                Names.of("pii.email"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new MaskRule("email", new Transform.SetNull()));
        Rule notHr = rule("not-hr")
                .statement(statement().not(statement().readsTags("pii.ssn")).done())
                .allows();
        assertThat(policy(READS, WRITES, NO_WHERE, CANNOT_ANALYSE).needsNames(ENGINEER))
                .isFalse();
        assertThat(policy(READS, NO_SSN).needsNames(ENGINEER)).isTrue();
        assertThat(policy(READS, NO_SLEEP).needsNames(ENGINEER)).isTrue();
        assertThat(policy(READS, notHr).needsNames(ENGINEER)).isTrue();
        assertThat(policy(true, List.of(mask), MaskUse.BLOCK, READS).needsNames(ENGINEER))
                .isTrue();
    }

    @Test
    void nothingIsAllowedThatNoRuleAllows() {
        Policy policy = policy(READS, WRITES);

        assertThat(ruling(policy, ANALYST, command(Kind.SELECT).analysis())).isEqualTo("allow reads");
        assertThat(ruling(policy, ANALYST, command(Kind.DELETE).analysis())).isEqualTo("refuse default");
        assertThat(ruling(policy, ENGINEER, command(Kind.DELETE).analysis())).isEqualTo("allow writes");
        assertThat(ruling(policy, STRANGER, command(Kind.SELECT).analysis())).isEqualTo("refuse default");
    }

    @Test
    void theDefaultRefusalSaysWhatNobodyAllowedToWhom() {
        Ruling.Refuse refusal =
                refusal(policy(READS), ANALYST, command(Kind.DROP).at(3).analysis());

        assertThat(refusal.message()).isEqualTo("no rule allows drop to role analyst");
        assertThat(refusal.rule()).isEqualTo(new Ruling.Source("default", "rules.yaml", 3));
        assertThat(refusal.culprit().position()).isEqualTo(3);
        assertThat(refusal(policy(READS), STRANGER, command(Kind.SELECT).analysis())
                        .message())
                .isEqualTo("no rule allows select to an identity without a role");
    }

    @Test
    void everyKindACommandContainsMustBeAllowed() {
        Analysis hidden = command(Kind.SELECT).with(Kind.DELETE).analysis();
        Policy policy = policy(READS, WRITES);

        assertThat(ruling(policy, ANALYST, hidden)).isEqualTo("refuse default");
        assertThat(refusal(policy, ANALYST, hidden).message()).isEqualTo("no rule allows delete to role analyst");
        assertThat(ruling(policy, ENGINEER, hidden)).isEqualTo("allow reads");
    }

    @Test
    void blockWinsOverApproveAndApproveOverAllow() {
        Rule review = rule("review-writes")
                .statement(statement().classes(StatementClass.WRITE).done())
                .approves();
        Policy policy = policy(WRITES, review, NO_WHERE);

        Analysis careful = command(Kind.UPDATE).where(Where.PRESENT).analysis();
        Analysis careless = command(Kind.UPDATE).where(Where.ALWAYS_TRUE).analysis();
        assertThat(ruling(policy, ENGINEER, careful)).isEqualTo("hold review-writes review");
        assertThat(ruling(policy, ENGINEER, careless)).isEqualTo("refuse no-where");
    }

    @Test
    void approveTightensAnAllowAndGrantsNothing() {
        Rule review = rule("review-writes")
                .statement(statement().classes(StatementClass.WRITE).done())
                .approves();

        assertThat(ruling(policy(READS, review), ANALYST, command(Kind.INSERT).analysis()))
                .isEqualTo("refuse default");
        assertThat(ruling(
                        policy(true, List.of(), MaskUse.BLOCK, review),
                        ANALYST,
                        command(Kind.INSERT).analysis()))
                .isEqualTo("hold review-writes review");
    }

    @Test
    void theOrderOfRulesNeverMatters() {
        List<Rule> rules = new ArrayList<>(List.of(READS, WRITES, NO_WHERE, NO_SSN, NO_SLEEP, CANNOT_ANALYSE));
        List<Analysis> analyses = List.of(
                command(Kind.SELECT).uses("public.customers.ssn", Use.RESULT).analysis(),
                command(Kind.DELETE).where(Where.MISSING).calls("pg_sleep").analysis(),
                new Analysis.Opaque("reason", 1));
        Random random = new Random(7);
        for (Analysis analysis : analyses) {
            String expected = ruling(policy(rules.toArray(new Rule[0])), ENGINEER, analysis);
            for (int i = 0; i < 20; i++) {
                Collections.shuffle(rules, random);
                assertThat(ruling(policy(rules.toArray(new Rule[0])), ENGINEER, analysis))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void amongRulesOfOneEffectTheMoreSpecificIsShownThenTheFirstByName() {
        Rule broad = rule("a-broad").blocks("");
        Rule narrow = rule("z-narrow")
                .who(Who.roles("engineer"))
                .statement(statement().kinds(Kind.INSERT).done())
                .blocks("");
        Rule twin = rule("y-twin")
                .who(Who.roles("engineer"))
                .statement(statement().kinds(Kind.INSERT).done())
                .blocks("");

        assertThat(ruling(
                        policy(broad, narrow, twin),
                        ENGINEER,
                        command(Kind.INSERT).analysis()))
                .isEqualTo("refuse y-twin");
    }

    @Test
    void anAllowOverridesTheRulesItNames() {
        Rule emergency = rule("emergency")
                .who(Who.roles("engineer"))
                .statement(statement().kinds(Kind.DELETE).done())
                .allows("no-where");

        Analysis careless = command(Kind.DELETE).where(Where.MISSING).analysis();
        assertThat(ruling(policy(WRITES, NO_WHERE, emergency), ENGINEER, careless))
                .isEqualTo("allow emergency");
        Analysis more =
                command(Kind.SELECT).with(Kind.DELETE).where(Where.MISSING).analysis();
        assertThat(ruling(policy(READS, WRITES, NO_WHERE, emergency), ENGINEER, more))
                .as("an allow that covers only a part of the command overrides nothing")
                .isEqualTo("refuse no-where");
    }

    @Test
    void aRuleThatObservesDecidesNothing() {
        Rule observed = rule("observed").observed().blocks("never");

        assertThat(ruling(policy(READS, observed), ANALYST, command(Kind.SELECT).analysis()))
                .isEqualTo("allow reads");
    }

    @Test
    void ofSeveralCommandsTheWorstDecides() {
        Rule single = rule("no-multi").statement(statement().multi(true).done()).blocks("one at a time");
        Analysis two = several(
                command(Kind.SELECT), command(Kind.DELETE).where(Where.MISSING).at(11));

        assertThat(ruling(policy(READS, WRITES, NO_WHERE), ENGINEER, two)).isEqualTo("refuse no-where");
        assertThat(refusal(policy(READS, WRITES, NO_WHERE), ENGINEER, two)
                        .culprit()
                        .position())
                .isEqualTo(11);
        assertThat(ruling(policy(READS, single), ANALYST, several(command(Kind.SELECT), command(Kind.SELECT))))
                .isEqualTo("refuse no-multi");
        assertThat(ruling(policy(READS, single), ANALYST, command(Kind.SELECT).analysis()))
                .isEqualTo("allow reads");
    }

    @Test
    void anEmptyTextIsAllowed() {
        assertThat(ruling(policy(READS), STRANGER, new Analysis.Understood(List.of())))
                .isEqualTo("allow empty-statement");
    }

    @Test
    void transactionsBeginAndEndWithoutARuleUnlessOneBlocksThem() {
        Policy policy = policy(WRITES);
        for (Kind kind : List.of(Kind.BEGIN, Kind.COMMIT, Kind.ROLLBACK, Kind.SAVEPOINT, Kind.DEALLOCATE)) {
            assertThat(ruling(policy, ANALYST, command(kind).analysis())).isEqualTo("allow transaction-control");
        }
        assertThat(ruling(policy, ANALYST, command(Kind.LOCK).analysis())).isEqualTo("refuse default");
        Rule none = rule("no-transactions")
                .statement(statement().classes(StatementClass.TRANSACTION).done())
                .blocks("none");
        assertThat(ruling(policy(READS, none), ANALYST, command(Kind.BEGIN).analysis()))
                .isEqualTo("refuse no-transactions");
    }

    @Test
    void aRefusalPointsAtTheColumn() {
        Analysis analysis = command(Kind.SELECT)
                .reads("public.customers")
                .uses("public.customers.name", Use.RESULT)
                .uses("public.customers.ssn", Use.RESULT)
                .analysis();

        Ruling.Refuse refusal = refusal(policy(READS, NO_SSN), ANALYST, analysis);

        assertThat(refusal.message()).isEqualTo("column is classified pii.ssn");
        assertThat(refusal.hint()).isEqualTo("the hint");
        assertThat(refusal.culprit())
                .isEqualTo(new Ruling.Culprit(
                        21,
                        "public",
                        "customers",
                        "ssn",
                        "Column public.customers.ssn is classified pii.ssn; role analyst may not read it."));
    }

    @Test
    void aRefusalPointsAtTheFunction() {
        Ruling.Refuse refusal = refusal(
                policy(READS, NO_SLEEP),
                ANALYST,
                command(Kind.SELECT).calls("lower").calls("ext.dblink_exec").analysis());

        assertThat(refusal.message()).isEqualTo("function ext.dblink_exec is not allowed");
        assertThat(refusal.culprit().position()).isEqualTo(12);
    }

    @Test
    void aRefusalPointsAtTheTable() {
        Rule rule = rule("no-salaries")
                .statement(statement().readsTables("hr.*").done())
                .blocks("table {table} is closed");

        Ruling.Refuse refusal = refusal(
                policy(READS, rule),
                ANALYST,
                command(Kind.SELECT).reads("hr.salaries").analysis());

        assertThat(refusal.message()).isEqualTo("table hr.salaries is closed");
        assertThat(refusal.culprit())
                .isEqualTo(new Ruling.Culprit(
                        15, "hr", "salaries", "", "Table hr.salaries: role analyst may not read it."));
    }

    @Test
    void aLongMessageIsCutSoThatTheWholeAnswerFits() {
        Rule rule = rule("long").blocks("x".repeat(200));

        Ruling.Refuse refusal =
                refusal(policy(READS, rule), ANALYST, command(Kind.SELECT).analysis());

        String answer = "statement blocked by policy rule \"long\": " + refusal.message();
        assertThat(answer).hasSize(200).endsWith("…");
    }

    @Test
    void readingCountsHoweverTheColumnIsUsed() {
        Policy policy = policy(READS, NO_SSN);
        for (Use use : EnumSet.complementOf(EnumSet.of(Use.WRITTEN))) {
            assertThat(ruling(
                            policy,
                            ANALYST,
                            command(Kind.SELECT)
                                    .uses("public.customers.ssn", use)
                                    .analysis()))
                    .isEqualTo("refuse no-ssn");
        }
        assertThat(ruling(
                        policy(WRITES, NO_SSN),
                        ENGINEER,
                        command(Kind.INSERT)
                                .uses("public.customers.ssn", Use.WRITTEN)
                                .analysis()))
                .isEqualTo("allow writes");
    }

    @Test
    void anAllowOnTablesNeedsAllTablesOnItsList() {
        Rule rule = rule("orders-only")
                .statement(statement()
                        .kinds(Kind.SELECT)
                        .readsTables("public.orders", "public.items")
                        .done())
                .allows();
        Policy policy = policy(rule);

        assertThat(ruling(
                        policy,
                        ANALYST,
                        command(Kind.SELECT).reads("public.orders").analysis()))
                .isEqualTo("allow orders-only");
        assertThat(ruling(
                        policy,
                        ANALYST,
                        command(Kind.SELECT)
                                .reads("public.orders")
                                .reads("hr.salaries")
                                .analysis()))
                .isEqualTo("refuse default");
        assertThat(ruling(policy, ANALYST, command(Kind.SELECT).analysis())).isEqualTo("refuse default");
        assertThat(ruling(
                        policy,
                        ANALYST,
                        command(Kind.SELECT).reads("public.orders").incomplete().analysis()))
                .isEqualTo("refuse default");
        assertThat(ruling(
                        policy, ANALYST, command(Kind.SELECT).reads("?.orders").analysis()))
                .isEqualTo("refuse default");
    }

    @Test
    void notIsReadInTheWayThatProtectsToo() {
        Rule allBut = rule("all-but-hr")
                .statement(statement()
                        .kinds(Kind.SELECT)
                        .not(statement().readsTables("hr.*"))
                        .done())
                .allows();
        Analysis both =
                command(Kind.SELECT).reads("public.orders").reads("hr.salaries").analysis();
        assertThat(ruling(policy(allBut), ANALYST, both)).isEqualTo("refuse default");
        assertThat(ruling(
                        policy(allBut),
                        ANALYST,
                        command(Kind.SELECT).reads("public.orders").analysis()))
                .isEqualTo("allow all-but-hr");

        Rule onlyPublic = rule("only-public")
                .statement(statement().not(statement().readsTables("public.*")).done())
                .blocks("only public");
        assertThat(ruling(policy(READS, onlyPublic), ANALYST, both)).isEqualTo("refuse only-public");
        assertThat(ruling(
                        policy(READS, onlyPublic),
                        ANALYST,
                        command(Kind.SELECT).reads("public.orders").analysis()))
                .isEqualTo("allow reads");
    }

    @Test
    void whatIsNotKnownOfACommandMatchesWhatBlocksAndNotWhatAllows() {
        Analysis unknown = command(Kind.CALL).incomplete().analysis();
        Rule calls =
                rule("calls").statement(statement().kinds(Kind.CALL).done()).allows();

        assertThat(ruling(policy(calls), ANALYST, unknown)).isEqualTo("allow calls");
        assertThat(ruling(policy(calls, NO_SSN), ANALYST, unknown)).isEqualTo("refuse no-ssn");
        assertThat(refusal(policy(calls, NO_SSN), ANALYST, unknown).message())
                .startsWith("what the statement does is not fully known");
        assertThat(ruling(policy(calls, NO_SLEEP), ANALYST, unknown)).isEqualTo("refuse no-sleep");
    }

    @Test
    void aTableOfUnknownSchemaMatchesWhatBlocksByItsName() {
        Rule rule = rule("no-cards")
                .statement(statement().readsTables("billing.cards").done())
                .blocks("no");

        assertThat(ruling(
                        policy(READS, rule),
                        ANALYST,
                        command(Kind.SELECT).reads("?.cards").analysis()))
                .isEqualTo("refuse no-cards");
        assertThat(ruling(
                        policy(READS, rule),
                        ANALYST,
                        command(Kind.SELECT).reads("?.carts").analysis()))
                .isEqualTo("allow reads");
    }

    @Test
    void whatCannotBeAnalysedIsRefusedEvenWhereTheDefaultAllows() {
        Analysis opaque = new Analysis.Opaque("an unknown word", 9);

        for (Policy policy : List.of(policy(READS), policy(true, List.of(), MaskUse.BLOCK))) {
            Ruling.Refuse refusal = refusal(policy, ANALYST, opaque);
            assertThat(refusal.rule().id()).isEqualTo("default");
            assertThat(refusal.message()).isEqualTo("statement could not be analysed, so it was not run");
            assertThat(refusal.culprit()).isEqualTo(new Ruling.Culprit(9, "", "", "", "An unknown word."));
        }
    }

    @Test
    void theRuleThatMeansUnreadableTextsIsShownBeforeThoseThatMay() {
        Analysis opaque = new Analysis.Opaque("an unknown word", 9);

        Policy policy = policy(READS, NO_SSN, NO_WHERE, CANNOT_ANALYSE);
        assertThat(ruling(policy, ANALYST, opaque)).isEqualTo("refuse cannot-analyse");
        assertThat(refusal(policy, ANALYST, opaque).message()).isEqualTo("it could not be analysed");
        assertThat(ruling(policy(READS, NO_SSN, NO_WHERE), ANALYST, opaque)).isEqualTo("refuse no-ssn");
        assertThat(refusal(policy(READS, NO_SSN), ANALYST, opaque).message())
                .isEqualTo("statement could not be analysed, so it was not run");
    }

    @Test
    void onlyAnAllowThatSaysSoAllowsWhatCannotBeAnalysed() {
        Analysis opaque = new Analysis.Opaque("an unknown word", 9);
        Rule everything = rule("everything").allows();
        Rule explicit =
                rule("unreadable").statement(statement().parseFailed().done()).allows();
        Rule byKind = rule("unknown")
                .statement(statement().kinds(Kind.UNKNOWN, Kind.SELECT).done())
                .allows();
        Rule review =
                rule("review").statement(statement().kinds(Kind.DROP).done()).approves();

        assertThat(ruling(policy(everything), ANALYST, opaque)).isEqualTo("refuse default");
        assertThat(ruling(policy(explicit), ANALYST, opaque)).isEqualTo("allow unreadable");
        assertThat(ruling(policy(byKind), ANALYST, opaque)).isEqualTo("allow unknown");
        assertThat(ruling(policy(explicit, review), ANALYST, opaque)).isEqualTo("hold review review");
        assertThat(ruling(policy(explicit, NO_SSN), ANALYST, opaque)).isEqualTo("refuse no-ssn");
    }

    @Test
    void sourceTargetAndTimeNarrowARule() {
        Calendar business = new Calendar(
                "business",
                ZoneId.of("Europe/Berlin"),
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                Optional.of(new Calendar.Hours(LocalTime.of(8, 0), LocalTime.of(19, 0))),
                Optional.empty());
        Rule office = rule("office")
                .target(new Target(Names.NONE, Names.NONE, Map.of("env", new Glob("prod")), Set.of(), Optional.empty()))
                .source(new SourceMatch(
                        List.of(),
                        Names.NONE,
                        Optional.empty(),
                        Optional.of(new SourceMatch(
                                List.of(Cidr.parse("10.0.0.0/8")), Names.NONE, Optional.empty(), Optional.empty()))))
                .blocks("office only");
        Rule nights = rule("nights").time(new TimeMatch(business, false)).blocks("closed until {time.end}");
        Policy policy = policy(READS, office, nights);
        Analysis select = command(Kind.SELECT).analysis();

        assertThat(ruling(policy, ANALYST, select)).isEqualTo("allow reads");
        Session outside = session(subject("maya", "analysts"), "192.168.1.1", "psql");
        assertThat(ruling(policy, outside, select)).isEqualTo("refuse office");
        Ruling night = policy.rule(ANALYST, select, Instant.parse("2026-11-23T18:00:00Z"));
        assertThat(night.rule().id()).isEqualTo("nights");
        assertThat(policy.rule(ANALYST, select, MONDAY_NOON).rule().id()).isEqualTo("reads");
        Instant lastSecond = Instant.parse("2026-11-23T17:59:59.999Z");
        assertThat(policy.rule(ANALYST, select, lastSecond).rule().id()).isEqualTo("reads");
        assertThat(policy.rule(ANALYST, select, lastSecond.plusMillis(1)).rule().id())
                .isEqualTo("nights");
    }

    @Test
    void theEndOfACalendarIsShown() {
        Calendar freeze = new Calendar(
                "freeze",
                ZoneId.of("UTC"),
                Set.of(),
                Optional.empty(),
                Optional.of(new Calendar.Between(
                        Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-30T23:59:00Z"))));
        Rule rule = rule("freeze").time(new TimeMatch(freeze, true)).blocks("change freeze until {time.end}");

        assertThat(refusal(policy(READS, rule), ANALYST, command(Kind.SELECT).analysis())
                        .message())
                .isEqualTo("change freeze until 2026-11-30 23:59 UTC");
    }

    @Test
    void aMissingLimitMatchesOnlyUnlimitedSelects() {
        Rule rule = rule("limit")
                .statement(statement().kinds(Kind.SELECT).limitMissing().done())
                .blocks("add a LIMIT");

        assertThat(ruling(
                        policy(READS, rule),
                        ANALYST,
                        command(Kind.SELECT).unlimited().analysis()))
                .isEqualTo("refuse limit");
        assertThat(ruling(policy(READS, rule), ANALYST, command(Kind.SELECT).analysis()))
                .isEqualTo("allow reads");
    }

    @Test
    void rolesComeFromGroupsUsersAndKinds() {
        Policy policy = policy();

        assertThat(policy.roles(subject("maya", "analysts", "backend"))).containsExactly("analyst", "engineer");
        assertThat(policy.roles(new Subject("bot", Subject.Kind.AGENT, Set.of(), Optional.of("maya"))))
                .containsExactly("agent");
        assertThat(policy.roles(subject("nobody"))).isEmpty();
    }

    @Test
    void theLoginIsTheOneOfTheGrantAndTheLeastPowerfulOfSeveral() {
        Policy policy = policy();
        Subject analyst = subject("maya", "analysts");
        Subject both = subject("both", "analysts", "backend");

        assertThat(policy.login(analyst, Sample.ORDERS, Optional.empty())).contains("ro");
        assertThat(policy.login(analyst, Sample.ORDERS, Optional.of("rw"))).isEmpty();
        assertThat(policy.login(subject("erik", "backend"), Sample.ORDERS, Optional.empty()))
                .contains("rw");
        assertThat(policy.login(both, Sample.ORDERS, Optional.empty())).contains("ro");
        assertThat(policy.login(both, Sample.ORDERS, Optional.of("rw"))).contains("rw");
        assertThat(policy.login(both, Sample.ORDERS, Optional.of("ddl"))).isEmpty();
        assertThat(policy.login(subject("nobody"), Sample.ORDERS, Optional.empty()))
                .isEmpty();
    }

    @Test
    void theSameAnalysisIsRuledAnewForAnotherSession() {
        Policy policy = policy(READS);
        Analysis analysis = command(Kind.SELECT).analysis();

        for (int i = 0; i < 3; i++) {
            assertThat(ruling(policy, ANALYST, analysis)).isEqualTo("allow reads");
            assertThat(ruling(policy, STRANGER, analysis)).isEqualTo("refuse default");
        }
        assertThat(policy.mask(ANALYST, Column.of("public", "customers", "email")))
                .isEmpty();
    }
}
