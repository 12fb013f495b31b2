package dev.gatehouse.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.masking.Masking;
import dev.gatehouse.firewall.masking.Prose;
import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.masking.ValueForm;
import dev.gatehouse.firewall.policy.ConsoleRight;
import dev.gatehouse.firewall.policy.Detection;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Parameter;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleMaskingTest {

    private static final Column NAME = Column.of("public", "customers", "name");
    private static final Column EMAIL = Column.of("public", "customers", "email");
    private static final Column CARD = Column.of("public", "customers", "card");

    private static final Map<Column, MaskRule> RULES = Map.of(
            EMAIL, new MaskRule("email", new Transform.Email(Transform.Email.Keep.DOMAIN)),
            CARD, new MaskRule("card", new Transform.CardLast4()));

    /** A policy of nothing but masks on named columns. */
    private record Masked(Map<Column, MaskRule> rules) implements Policy {

        @Override
        public String version() {
            return "pol_00000000";
        }

        @Override
        public Set<String> roles(Subject subject) {
            return Set.of();
        }

        @Override
        public Optional<ConsoleRight> console(Subject subject) {
            return Optional.empty();
        }

        @Override
        public Optional<String> login(Subject subject, Upstream upstream, Optional<String> requested) {
            return Optional.empty();
        }

        @Override
        public Ruling rule(Session session, Analysis analysis, Instant now) {
            return new Ruling.Allow(new Ruling.Source("all", "", 0));
        }

        @Override
        public Optional<MaskRule> mask(Session session, Column column) {
            return Optional.ofNullable(rules.get(column));
        }

        @Override
        public Optional<Ruling.Refuse> writeBack(
                Session session, Analysis analysis, Supplier<Optional<List<Parameter>>> constants) {
            return Optional.empty();
        }

        @Override
        public List<Detection> detections(Session session) {
            return List.of();
        }

        @Override
        public boolean needsNames(Session session) {
            return true;
        }

        @Override
        public boolean masksAnything(Session session) {
            return !rules.isEmpty();
        }
    }

    private static final Login LOGIN = new Login("ro", "ro", new Secret(""));

    private static final Session SESSION = new Session(
            1,
            new Subject("maya", Subject.Kind.HUMAN, Set.of(), Optional.empty()),
            new Upstream(
                    "orders",
                    Dialect.POSTGRESQL,
                    "localhost",
                    5432,
                    "orders",
                    List.of(),
                    new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                    Map.of(),
                    List.of(LOGIN),
                    0,
                    Duration.ofMinutes(10)),
            "orders",
            LOGIN,
            InetAddress.getLoopbackAddress(),
            "psql",
            true);

    /** What the operator was told. */
    private static final List<String> MISFITS = new ArrayList<>();

    private static RuleMasking masking(Map<Column, MaskRule> rules) {
        return new RuleMasking(
                () -> new Masked(rules),
                new Secret("own"),
                InstantSource.system(),
                Masking.Notice.NEVER,
                new Misfits((mask, column) -> MISFITS.add(mask + " on " + column)));
    }

    private static Output text(Column... origins) {
        return new Output("c", Set.of(origins), true);
    }

    private static Output unaccounted(Column... origins) {
        return new Output("c", Set.of(origins), false);
    }

    private static ResultColumn traced(Column... origins) {
        return new ResultColumn("c", ValueForm.STRINGS, Prose.PLAIN, true, Set.of(origins));
    }

    private static ResultColumn untraced() {
        return new ResultColumn("c", ValueForm.STRINGS, Prose.PLAIN, false, Set.of());
    }

    private static ResultColumn lost() {
        return new ResultColumn("c", ValueForm.STRINGS, Prose.PLAIN, true, null);
    }

    /** The id of the mask on the one column of a result; empty for none. */
    private static String mask(@Nullable Output byText, ResultColumn byServer) {
        Optional<List<Output>> outputs = byText == null ? Optional.empty() : Optional.of(List.of(byText));
        try {
            MaskPlan plan = masking(RULES).plan(SESSION, outputs, List.of(byServer));
            Mask mask = plan.isEmpty() ? null : plan.mask(0);
            return mask == null ? "" : mask.id();
        } catch (Masking.ResultMismatch e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatBothWitnessesFindHarmlessIsInClear() {
        assertThat(mask(text(NAME), traced(NAME))).isEmpty();
        assertThat(mask(text(), untraced())).isEmpty();
    }

    @Test
    void eitherWitnessSufficesToMask() {
        assertThat(mask(text(EMAIL), traced(NAME))).isEqualTo("email");
        assertThat(mask(text(NAME), traced(EMAIL))).isEqualTo("email");
        assertThat(mask(text(NAME, EMAIL), untraced())).isEqualTo("email");
        assertThat(mask(null, traced(NAME, EMAIL))).isEqualTo("email");
    }

    @Test
    void theStrongestMaskOfAllOriginsWins() {
        assertThat(mask(text(EMAIL), traced(CARD))).isEqualTo("card");
        assertThat(mask(text(CARD, EMAIL), traced(EMAIL))).isEqualTo("card");
    }

    @Test
    void aColumnNobodyAccountsForIsNull() {
        assertThat(mask(unaccounted(NAME), traced(NAME))).isEqualTo("unaccounted");
        assertThat(mask(unaccounted(), untraced())).isEqualTo("unaccounted");
        assertThat(mask(unaccounted(EMAIL), untraced())).isEqualTo("unaccounted");
        assertThat(mask(text(NAME), lost())).isEqualTo("unaccounted");
        assertThat(mask(text(EMAIL), lost())).isEqualTo("unaccounted");
        assertThat(mask(null, untraced())).isEqualTo("unaccounted");
        assertThat(mask(null, lost())).isEqualTo("unaccounted");
    }

    @Test
    void withoutAWordFromTheTextTheServersTraceDecides() {
        assertThat(mask(null, traced(NAME))).isEmpty();
    }

    @Test
    void aMaskOnAColumnThatIsNotTextIsNull() throws Masking.ResultMismatch {
        MaskPlan plan = masking(RULES)
                .plan(
                        SESSION,
                        Optional.of(List.of(text(CARD), text(NAME))),
                        List.of(
                                new ResultColumn("card", ValueForm.UNREADABLE, Prose.NONE, true, Set.of(CARD)),
                                new ResultColumn("name", ValueForm.UNREADABLE, Prose.NONE, true, Set.of(NAME))));

        Mask mask = Objects.requireNonNull(plan.mask(0));
        assertThat(mask.id()).isEqualTo("card");
        assertThat(mask.write(io.netty.buffer.Unpooled.EMPTY_BUFFER, 0, 0, io.netty.buffer.Unpooled.EMPTY_BUFFER))
                .isEqualTo(Mask.NULL);
        assertThat(plan.mask(1)).isNull();
        assertThat(plan.width()).isEqualTo(2);
        assertThat(MISFITS).containsOnlyOnce("card on " + CARD).noneMatch(told -> told.contains(NAME.toString()));
    }

    @Test
    void whatTellsOfObjectsIsInClearButForWhatIsCounted() throws Masking.ResultMismatch {
        MaskPlan plan = masking(RULES)
                .plan(
                        SESSION,
                        Optional.of(List.of(Output.OF_OBJECTS)),
                        List.of(
                                new ResultColumn("Name", ValueForm.STRINGS, Prose.PLAIN, false, null),
                                new ResultColumn("Engine", ValueForm.STRINGS, Prose.PLAIN, true, null),
                                new ResultColumn("Avg_row_length", ValueForm.UNREADABLE, Prose.NONE, true, Set.of()),
                                new ResultColumn("e", ValueForm.STRINGS, Prose.PLAIN, true, Set.of(EMAIL))));

        assertThat(plan.mask(0)).isNull();
        assertThat(plan.mask(1)).isNull();
        assertThat(Objects.requireNonNull(plan.mask(2)).id()).isEqualTo("unaccounted");
        assertThat(Objects.requireNonNull(plan.mask(3)).id()).isEqualTo("email");
    }

    @Test
    void resultsOfDifferentWidthMustNotReachTheClient() {
        for (Map<Column, MaskRule> rules : List.of(RULES, Map.<Column, MaskRule>of())) {
            assertThatThrownBy(() -> masking(rules)
                            .plan(SESSION, Optional.of(List.of(text(NAME))), List.of(traced(NAME), traced(NAME))))
                    .isInstanceOf(Masking.ResultMismatch.class)
                    .hasMessage("the statement's text tells of 1 columns, the server of 2");
        }
    }

    @Test
    void aSessionWithoutMasksSeesEverything() throws Masking.ResultMismatch {
        MaskPlan plan = masking(Map.of()).plan(SESSION, Optional.of(List.of(unaccounted())), List.of(lost()));

        assertThat(plan.isEmpty()).isTrue();
    }
}
