package dev.gatehouse.gateway.gate;

import dev.gatehouse.firewall.gate.SessionQuestion;
import dev.gatehouse.firewall.policy.Policy;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Answers what a session asks about itself. */
final class SessionAnswers {

    private final Session session;
    private final Supplier<Policy> policies;
    private final SpokenWishes wishes;
    private final String gateway;

    /** @param gateway its name and version */
    SessionAnswers(Session session, Supplier<Policy> policies, SpokenWishes wishes, String gateway) {
        this.session = session;
        this.policies = policies;
        this.wishes = wishes;
        this.gateway = gateway;
    }

    /** @param lastDecision the number of the last decision; zero where none was made */
    String tell(SessionQuestion question, long lastDecision) {
        return switch (question) {
            case VERSION -> gateway + ", policy " + policies.get().version();
            case IDENTITY -> identity(session.subject());
            case LOGIN -> session.login().name();
            case HOLD -> wishes.now().hold().map(SessionAnswers::seconds).orElse("");
            case REASON -> wishes.now().reason();
            case LAST_DECISION -> lastDecision == 0 ? "" : Id.text(Id.DECISION, lastDecision);
        };
    }

    private String identity(Subject subject) {
        return subject.name() + ", " + subject.kind().name().toLowerCase(Locale.ROOT)
                + list(", groups ", subject.groups())
                + list(", roles ", policies.get().roles(subject))
                + subject.owner().map(owner -> ", owner " + owner).orElse("");
    }

    private static String list(String before, Set<String> values) {
        return values.isEmpty() ? "" : before + String.join(" ", new TreeSet<>(values));
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + "s";
    }
}
