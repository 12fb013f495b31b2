package dev.gatehouse.console.signin;

import dev.gatehouse.firewall.session.Subject;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Signs people in by their passwords. Whoever may not hears the same, after as long, whatever the reason. */
public final class SignIn {

    static final int MOST_NAME_CHARACTERS = 256;
    static final int MOST_PASSWORD_BYTES = 1024;

    private final People people;
    private final Sessions sessions;
    private final Attempts attempts;

    /** @param sessions where those are remembered who signed in */
    public SignIn(People people, Sessions sessions, InstantSource clock) {
        this.people = people;
        this.sessions = sessions;
        this.attempts = new Attempts(clock);
    }

    /** What comes of an attempt. */
    public sealed interface Outcome {

        /**
         * They are in.
         *
         * @param token what their browser is known by from now on
         */
        record In(Subject subject, String token) implements Outcome {}

        /** They are not. */
        record Refused() implements Outcome {}

        /**
         * The password was not looked at: there have been too many attempts.
         *
         * @param pause until another may be made
         */
        record TooMany(Duration pause) implements Outcome {}

        /** Answers by case. */
        default <R> R match(Function<In, R> in, Function<Refused, R> refused, Function<TooMany, R> tooMany) {
            if (this instanceof In i) {
                return in.apply(i);
            }
            return this instanceof TooMany t ? tooMany.apply(t) : refused.apply((Refused) this);
        }
    }

    /** Tries a password. Slow on purpose; never on an event loop. */
    public Outcome byPassword(String name, String password, InetAddress source) {
        byte[] told = password.getBytes(StandardCharsets.UTF_8);
        if (name.length() > MOST_NAME_CHARACTERS || told.length > MOST_PASSWORD_BYTES) {
            return new Outcome.Refused();
        }
        Optional<Duration> wait = attempts.begin(name, source);
        if (wait.isPresent()) {
            return new Outcome.TooMany(wait.get());
        }
        boolean fits = people.credentials(name).password().fits(told);
        Optional<Subject> person = people.find(name, source);
        if (!fits || person.isEmpty()) {
            return new Outcome.Refused();
        }
        attempts.succeeded(name, source);
        return new Outcome.In(person.get(), sessions.open(name, from -> people.find(name, from)));
    }
}
