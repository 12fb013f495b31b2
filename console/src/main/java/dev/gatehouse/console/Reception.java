package dev.gatehouse.console;

import dev.gatehouse.console.api.Caller;
import dev.gatehouse.console.signin.Sessions;
import dev.gatehouse.console.signin.SignIn;
import dev.gatehouse.console.signin.WebSession;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.policy.ConsoleRight;
import dev.gatehouse.firewall.session.Subject;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reception: knows who visits, lets people in and out. */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Sessions sessions;
    private final SignIn signIn;
    private final Badge badge;
    private final Provenance provenance;
    private final Function<Subject, Optional<ConsoleRight>> rights;

    Reception(ConsoleSettings settings, House house, InstantSource clock) {
        this.sessions = new Sessions(settings.lifetime(), settings.idle(), clock);
        this.signIn = new SignIn(house.people(), sessions, clock);
        Optional<URI> publicUrl = settings.publicUrl();
        this.badge = new Badge(publicUrl);
        this.provenance = new Provenance(publicUrl);
        this.rights = house.rights();
    }

    Badge badge() {
        return badge;
    }

    Provenance provenance() {
        return provenance;
    }

    /** Whose session a visit is of. */
    Optional<WebSession> session(Visit visit) {
        return badge.token(visit).flatMap(token -> sessions.find(token, visit.source()));
    }

    /** Whose session a token is of that was given just now. */
    Optional<WebSession> session(String token, Visit visit) {
        return sessions.find(token, visit.source());
    }

    /** As {@link #session}, for what a page does by itself. */
    Optional<WebSession> glance(Visit visit) {
        return badge.token(visit).flatMap(token -> sessions.glance(token, visit.source()));
    }

    /** Who calls by a session, and what they may do. */
    Caller caller(Visit visit, WebSession session) {
        Subject subject = session.subject();
        String via = "console, " + visit.source().getHostAddress();
        return new Caller(new Reviewer(subject.name(), subject.groups(), false, via), rights.apply(subject));
    }

    /** Tries a password. A session that the browser had before ends, whoever's it was. */
    SignIn.Outcome signIn(Visit visit, String name, String password) {
        SignIn.Outcome outcome = signIn.byPassword(name, password, visit.source());
        String from = visit.source().getHostAddress();
        if (outcome instanceof SignIn.Outcome.In in) {
            end(visit);
            LOG.info("{} signed in to the console from {}", in.subject().name(), from);
        } else {
            LOG.warn("an attempt to sign in to the console from {} was refused", from);
        }
        return outcome;
    }

    /** Ends the session that a visit is of; nothing where it is of none. */
    void end(Visit visit) {
        badge.token(visit).ifPresent(sessions::end);
    }
}
