package dev.gatehouse.masking;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.masking.Masking;
import dev.gatehouse.firewall.masking.Prose;
import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.masking.ValueForm;
import dev.gatehouse.firewall.policy.Detection;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Tallies;
import dev.gatehouse.masking.detect.Catch;
import dev.gatehouse.masking.detect.Net;
import dev.gatehouse.masking.masks.Masks;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Masks by the policy in force.
 *
 * <p>Two witnesses speak about each column: the statement's text, and the server's own description. What either leads to
 * counts. A column is in clear only when its origins are known in full:
 *
 * <pre>
 *                             server traced it   server traced it to      server did not
 *                                                an unknown relation      trace it
 *   text accounts for it      both               nothing: NULL            text
 *   text does not             nothing: NULL      nothing: NULL            nothing: NULL
 *   no word from the text     server             nothing: NULL            nothing: NULL
 * </pre>
 *
 * <p>What is computed from a protected column is NULL as well: of {@code substr(email, 2)} a mask that keeps the first letter
 * would show the second.
 *
 * <p>A column that is in clear by this is looked through for what gives itself away, where the policy asks for that.
 */
public final class RuleMasking implements Masking {

    private final Supplier<? extends Policy> policy;
    private final Secret secret;
    private final InstantSource clock;
    private final Notice notice;
    private final Misfits misfits;

    /**
     * @param policy the policy in force, asked anew for each result
     * @param secret what noise is drawn from, the gateway's own
     * @param clock says which day it is
     * @param notice how often a session is told of masks
     * @param misfits who tells of masks that do not fit their column's type
     */
    public RuleMasking(
            Supplier<? extends Policy> policy, Secret secret, InstantSource clock, Notice notice, Misfits misfits) {
        this.misfits = misfits;
        this.policy = policy;
        this.secret = secret;
        this.clock = clock;
        this.notice = notice;
    }

    @Override
    public Notice notice() {
        return notice;
    }

    @Override
    public boolean concerns(Session session) {
        return policy.get().masksAnything(session);
    }

    @Override
    public boolean readsResults(Session session) {
        return concerns(session) || !policy.get().detections(session).isEmpty();
    }

    @Override
    public boolean isSensitive(Session session, Analysis analysis) {
        Policy rules = policy.get();
        return rules.masksAnything(session)
                && analysis.match(
                        understood ->
                                understood.commands().stream().anyMatch(command -> mayQuote(rules, session, command)),
                        opaque -> true);
    }

    @Override
    public boolean looksAt(Session session, Command command) {
        Policy rules = policy.get();
        return !command.complete()
                || command.effects().stream()
                        .anyMatch(effect -> touches(rules, session, effect)
                                && !(effect instanceof Effect.Uses uses && uses.use() == Effect.Use.WRITTEN));
    }

    /**
     * What writes has errors that quote the whole row, or one of another table that refers to it, and calls triggers; the end
     * of a transaction does what was put off until then.
     */
    private static boolean mayQuote(Policy rules, Session session, Command command) {
        return !command.complete()
                || command.kinds().contains(Kind.COMMIT)
                || isSetConstraints(command)
                || command.effects().stream().anyMatch(effect -> mayQuote(rules, session, effect));
    }

    private static boolean mayQuote(Policy rules, Session session, Effect effect) {
        return effect instanceof Effect.Writes || touches(rules, session, effect);
    }

    private static boolean touches(Policy rules, Session session, Effect effect) {
        if (effect instanceof Effect.Uses uses) {
            return rules.mask(session, uses.column()).isPresent();
        }
        return effect instanceof Effect.Tests tests
                && rules.mask(session, tests.column()).isPresent();
    }

    /** Whether it may have checked what was put off: the only SET that sets no setting. */
    private static boolean isSetConstraints(Command command) {
        return command.verb() == Kind.SET
                && command.effects().stream().noneMatch(effect -> effect instanceof Effect.Sets);
    }

    @Override
    public MaskPlan plan(Session session, Optional<List<Output>> told, List<ResultColumn> byServer)
            throws ResultMismatch {
        boolean ofObjects =
                told.isPresent() && told.get().size() == 1 && told.get().get(0).isOfObjects();
        return ofObjects ? planOfObjects(session, byServer) : planOf(session, told, byServer);
    }

    /** The server says which table of its own it made each column from, which is as good as none. */
    private MaskPlan planOfObjects(Session session, List<ResultColumn> byServer) throws ResultMismatch {
        List<Output> texts = byServer.stream()
                .map(column -> new Output(column.name(), Set.of(), !Tallies.contains(column.name())))
                .toList();
        List<ResultColumn> columns = byServer.stream()
                .map(column -> new ResultColumn(column.name(), column.form(), column.prose(), false, column.origins()))
                .toList();
        return planOf(session, Optional.of(texts), columns);
    }

    private MaskPlan planOf(Session session, Optional<List<Output>> byText, List<ResultColumn> byServer)
            throws ResultMismatch {
        Policy rules = policy.get();
        boolean masked = rules.masksAnything(session);
        List<Detection> detections = rules.detections(session);
        boolean compared = masked || detections.isEmpty();
        if (compared && byText.isPresent() && byText.get().size() != byServer.size()) {
            throw new ResultMismatch(byText.get().size(), byServer.size());
        }
        if (!masked && detections.isEmpty()) {
            return MaskPlan.empty();
        }
        Masks made = new Masks(secret, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        List<@Nullable Mask> masks = new ArrayList<>(byServer.size());
        for (int i = 0; i < byServer.size(); i++) {
            ResultColumn column = byServer.get(i);
            Optional<Output> text =
                    masked && byText.isPresent() ? Optional.of(byText.get().get(i)) : Optional.empty();
            Mask known = masked ? mask(made, rules, session, text, column) : null;
            masks.add(known == null ? net(made, detections, column) : known);
        }
        return MaskPlan.of(masks);
    }

    /** What looks through a column that nothing else masks. */
    private static @Nullable Mask net(Masks masks, List<Detection> detections, ResultColumn column) {
        if (detections.isEmpty() || column.prose() == Prose.NONE) {
            return null;
        }
        List<Catch> catches = detections.stream()
                .map(found -> new Catch(found.kind(), masks.of(found.rule(), ValueForm.STRINGS)))
                .toList();
        return new Net(catches, column.prose());
    }

    private @Nullable Mask mask(
            Masks masks, Policy rules, Session session, Optional<Output> text, ResultColumn server) {
        Set<Column> origins = new HashSet<>(text.map(Output::origins).orElse(Set.of()));
        if (server.origins() != null) {
            origins.addAll(server.origins());
        }
        if (!isAccounted(text, server)) {
            return Masks.UNACCOUNTED;
        }
        boolean whole = text.map(Output::whole).orElse(true);
        return rules.strongest(session, origins)
                .map(rule -> {
                    Mask mask = whole ? masks.of(rule, server.form()) : Masks.ofUnreadable(rule);
                    if (whole && !Masks.fits(rule, mask)) {
                        misfits.note(rules, session, rule, origins, server);
                    }
                    return mask;
                })
                .orElse(null);
    }

    private static boolean isAccounted(Optional<Output> text, ResultColumn server) {
        boolean unknownRelation = server.traced() && server.origins() == null;
        if (unknownRelation || text.map(t -> !t.accounted()).orElse(false)) {
            return false;
        }
        return text.isPresent() || server.traced();
    }
}
