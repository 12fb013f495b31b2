package dev.gatehouse.gateway.analyze;

import dev.gatehouse.analyzer.StatementAccount;
import dev.gatehouse.firewall.audit.Verdict;
import dev.gatehouse.firewall.policy.Explanation;
import dev.gatehouse.firewall.policy.RulePolicy;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Inquiry;
import dev.gatehouse.gateway.command.Parts.Explained;
import dev.gatehouse.gateway.settings.Configuration;
import dev.gatehouse.gateway.settings.Settings.LocalUser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks a policy about a statement outside of any session, as if one had sent it. */
public final class PolicyExplainer {

    private final Configuration configuration;

    /** @param configuration whose policy is asked */
    public PolicyExplainer(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Answers. */
    public Explained explain(Inquiry inquiry) {
        RulePolicy policy = configuration.policy();
        int slash = inquiry.to().indexOf('/');
        Upstream upstream = upstream(slash < 0 ? inquiry.to() : inquiry.to().substring(0, slash));
        String database = slash < 0 ? upstream.defaultDatabase() : inquiry.to().substring(slash + 1);
        if (!upstream.offers(database)) {
            throw notFound("the upstream " + upstream.name() + " has no database \"" + database + "\"", "");
        }
        Subject subject = subject(inquiry);
        Optional<Login> login = policy.login(subject, upstream, inquiry.login()).flatMap(upstream::login);
        String identity = identity(subject, policy.roles(subject), login);
        if (login.isEmpty()) {
            String wanted = inquiry.login().map(name -> " with login " + name).orElse("");
            return new Explained(
                    Verdict.BLOCK,
                    "",
                    policy.version(),
                    List.of(
                            line("BLOCK", "may not use " + upstream.name() + wanted + "  policy " + policy.version()),
                            identity));
        }
        Session session =
                new Session(0, subject, upstream, database, login.get(), inquiry.from(), inquiry.application(), true);
        return explain(policy, session, inquiry, identity);
    }

    private static Explained explain(RulePolicy policy, Session session, Inquiry inquiry, String identity) {
        Known known = inquiry.catalog()
                .map(CatalogPlace::read)
                .orElseGet(() -> CatalogPlace.read(session.upstream(), session.database(), session.login()));
        Known placed = inquiry.schemas().isEmpty() ? known : known.with(inquiry.schemas());
        Analysis analysis = analysis(placed.read(
                inquiry.sql().getBytes(StandardCharsets.UTF_8),
                new Settings().modes(session.upstream().dialect(), placed)));
        Ruling ruling = policy.rule(session, analysis, inquiry.at());
        List<String> lines = new ArrayList<>(Explanation.of(
                policy, session, analysis, inquiry.at(), placed.accounting().catalog()));
        int at = 0;
        while (at < lines.size() && !lines.get(at).startsWith("statement")) {
            at++;
        }
        lines.add(at, identity);
        Verdict verdict = ruling.match(allow -> Verdict.ALLOW, refuse -> Verdict.BLOCK, hold -> Verdict.APPROVE);
        return new Explained(verdict, ruling.rule().id(), policy.version(), lines);
    }

    /** All commands of a text; not understood where one of them is not. */
    private static Analysis analysis(List<StatementAccount> accounts) {
        List<Command> commands = new ArrayList<>();
        for (StatementAccount account : accounts) {
            if (account.analysis() instanceof Analysis.Understood understood) {
                commands.addAll(understood.commands());
            } else {
                return account.analysis();
            }
        }
        return new Analysis.Understood(commands);
    }

    private Upstream upstream(String name) {
        List<Upstream> all = configuration.settings().upstreams();
        return all.stream()
                .filter(upstream -> upstream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> notFound(
                        "there is no upstream \"" + name + "\"",
                        "there is "
                                + String.join(
                                        ", ", all.stream().map(Upstream::name).toList())));
    }

    private Subject subject(Inquiry inquiry) {
        Optional<Subject> known = configuration.settings().identity().localUsers().stream()
                .map(LocalUser::subject)
                .filter(subject -> subject.name().equals(inquiry.as()))
                .findFirst();
        if (known.isEmpty() && inquiry.groups().isEmpty()) {
            throw notFound(
                    "there is no local user \"" + inquiry.as() + "\"", "say the groups of somebody else with --groups");
        }
        return new Subject(
                inquiry.as(),
                inquiry.kind().or(() -> known.map(Subject::kind)).orElse(Subject.Kind.HUMAN),
                inquiry.groups().isEmpty() ? known.map(Subject::groups).orElse(Set.of()) : inquiry.groups(),
                known.flatMap(Subject::owner));
    }

    private static String identity(Subject subject, Set<String> roles, Optional<Login> login) {
        return line(
                "identity",
                subject.name() + "  " + subject.kind().name().toLowerCase(Locale.ROOT) + "  groups "
                        + words(subject.groups()) + "  roles " + words(roles)
                        + login.map(l -> "  login " + l.name()).orElse(""));
    }

    private static String words(Set<String> words) {
        return words.isEmpty() ? "none" : String.join(", ", new TreeSet<>(words));
    }

    private static String line(String about, String text) {
        return String.format(Locale.ROOT, "%-10s %s", about, text);
    }

    private static Failure notFound(String message, String hint) {
        return new Failure(ExitCode.NOT_FOUND, "not_found", message, hint);
    }
}
