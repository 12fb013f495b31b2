package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Parameter;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The policy of the rule files. Order never matters: block wins over approve, approve over allow, and what nothing allows
 * gets the default.
 */
public final class RulePolicy implements Policy {

    /** How many sessions' rules are remembered; a power of two. */
    private static final int REMEMBERED = 1024;

    private final RuleBook book;
    private final Tags tags;
    private final AtomicReferenceArray<@Nullable SessionRules> remembered = new AtomicReferenceArray<>(REMEMBERED);

    public RulePolicy(RuleBook book) {
        this.book = book;
        this.tags = new Tags(book.classifications());
    }

    /** What this policy was made of. */
    public RuleBook book() {
        return book;
    }

    @Override
    public String version() {
        return book.version();
    }

    @Override
    public Set<String> roles(Subject subject) {
        Set<String> roles = new TreeSet<>();
        for (Role role : book.roles()) {
            if (role.includes(subject)) {
                roles.add(role.name());
            }
        }
        return roles;
    }

    @Override
    public Optional<ConsoleRight> console(Subject subject) {
        return book.roles().stream()
                .filter(role -> role.includes(subject))
                .flatMap(role -> role.console().stream())
                .max(Comparator.naturalOrder());
    }

    /**
     * {@inheritDoc}
     *
     * <p>What several grants give adds up. When they name different logins for a session that asks for none, it gets the
     * least powerful of them.
     */
    @Override
    public Optional<String> login(Subject subject, Upstream upstream, Optional<String> requested) {
        Set<String> roles = roles(subject);
        Set<String> usable = new LinkedHashSet<>();
        Set<String> standard = new LinkedHashSet<>();
        for (LoginGrant grant : book.logins()) {
            if (grant.roles().matchAny(roles) && grant.upstreams().match(upstream.name())) {
                usable.addAll(grant.mayUse());
                standard.add(grant.standard());
            }
        }
        List<String> leastPowerfulFirst =
                upstream.logins().stream().map(Login::name).toList();
        return requested
                .map(name -> leastPowerfulFirst.stream().filter(l -> l.equals(name) && usable.contains(l)))
                .orElseGet(() -> leastPowerfulFirst.stream().filter(standard::contains))
                .findFirst();
    }

    @Override
    public Ruling rule(Session session, Analysis analysis, Instant now) {
        return rules(session).rule(analysis, now);
    }

    @Override
    public Ruling rule(Session session, String grant, Analysis analysis, Instant now) {
        Optional<GrantRule> held = grant(session, grant);
        return held.isEmpty()
                ? rule(session, analysis, now)
                : SessionRules.of(book.with(held.get()), tags, session, roles(session.subject()))
                        .rule(analysis, now);
    }

    @Override
    public Optional<GrantRule> grant(Session session, String id) {
        return book.grants().stream()
                .filter(grant -> grant.id().equals(id) && grant.mayBeAskedFor(session, roles(session.subject())))
                .findFirst();
    }

    @Override
    public Optional<Ruling.Refuse> writeBack(
            Session session, Analysis analysis, Supplier<Optional<List<Parameter>>> constants) {
        return rules(session).writeBack(analysis, constants);
    }

    @Override
    public Optional<MaskRule> mask(Session session, Column column) {
        return rules(session).masks().on(column);
    }

    @Override
    public boolean needsNames(Session session) {
        return rules(session).needsNames();
    }

    @Override
    public List<Detection> detections(Session session) {
        return rules(session).masks().detections();
    }

    @Override
    public boolean masksAnything(Session session) {
        return !rules(session).masks().isEmpty();
    }

    /** The rules of a session, made once and remembered for a while: a memory that no answer depends on. */
    private SessionRules rules(Session session) {
        int slot = (int) ((session.number() ^ (session.number() >>> 20)) & (REMEMBERED - 1));
        SessionRules known = remembered.get(slot);
        if (known != null && known.session().equals(session)) {
            return known;
        }
        SessionRules made = SessionRules.of(book, tags, session, roles(session.subject()));
        remembered.set(slot, made);
        return made;
    }
}
