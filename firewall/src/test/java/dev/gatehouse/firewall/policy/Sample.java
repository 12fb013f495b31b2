package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Table;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions, commands and rules for tests, in few words. */
final class Sample {

    static final Upstream ORDERS = new Upstream(
            "orders",
            Dialect.POSTGRESQL,
            "localhost",
            5432,
            "orders",
            List.of(),
            new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
            Map.of("env", "prod"),
            List.of(login("ro"), login("rw"), login("ddl")),
            0,
            Duration.ofMinutes(10));

    static final Flow REVIEW = new Flow(
            "review",
            Set.of("leads"),
            Set.of(),
            1,
            true,
            new Flow.Hold(Duration.ofMinutes(15), Duration.ofSeconds(25), true, Flow.InTransaction.IF_CLEAN),
            Duration.ofHours(4),
            Duration.ofMinutes(30),
            20,
            false,
            true);

    private Sample() {}

    private static Login login(String name) {
        return new Login(name, "fw_" + name, new Secret(""));
    }

    static Subject subject(String name, String... groups) {
        return new Subject(name, Subject.Kind.HUMAN, Set.of(groups), Optional.empty());
    }

    static Session session(Subject subject) {
        return session(subject, "10.1.2.3", "psql");
    }

    static Session session(Subject subject, String source, String application) {
        try {
            return new Session(
                    Id.next(),
                    subject,
                    ORDERS,
                    "orders",
                    ORDERS.logins().get(0),
                    InetAddress.getByName(source),
                    application,
                    true);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Builds a command; what is not said is harmless. */
    static final class Build {
        private final Kind verb;
        private final EnumSet<Kind> kinds;
        private final List<Effect> effects = new ArrayList<>();
        private Command.Where where = Command.Where.NOT_APPLICABLE;
        private boolean limited = true;
        private boolean complete = true;
        private int position = 1;

        Build(Kind verb) {
            this.verb = verb;
            this.kinds = EnumSet.of(verb);
        }

        Build with(Kind kind) {
            kinds.add(kind);
            return this;
        }

        Build reads(String table) {
            effects.add(new Effect.Reads(table(table), 15));
            return this;
        }

        Build writes(String table) {
            effects.add(new Effect.Writes(table(table), 8));
            return this;
        }

        Build uses(String column, Effect.Use use) {
            int dot = column.lastIndexOf('.');
            Column used = new Column(table(column.substring(0, dot)), column.substring(dot + 1));
            effects.add(new Effect.Uses(used, use, 21));
            return this;
        }

        Build locks(String table, boolean rows) {
            effects.add(new Effect.Locks(table(table), rows, "SHARE", 18));
            return this;
        }

        Build calls(String function) {
            effects.add(new Effect.Calls(function, 12));
            return this;
        }

        Build does(Effect effect) {
            effects.add(effect);
            return this;
        }

        Build where(Command.Where restriction) {
            where = restriction;
            return this;
        }

        Build unlimited() {
            limited = false;
            return this;
        }

        Build incomplete() {
            complete = false;
            return this;
        }

        Build at(int offset) {
            position = offset;
            return this;
        }

        Command command() {
            return new Command(
                    verb, kinds, effects, where, limited, Optional.of(List.of()), complete, position, Set.of());
        }

        Analysis analysis() {
            return new Analysis.Understood(List.of(command()));
        }

        private static Table table(String name) {
            int dot = name.indexOf('.');
            return new Table(name.substring(0, dot), name.substring(dot + 1));
        }
    }

    static Build command(Kind verb) {
        return new Build(verb);
    }

    static Analysis several(Build... builds) {
        return new Analysis.Understood(
                java.util.Arrays.stream(builds).map(Build::command).toList());
    }

    /** Builds a rule; what is not said asks nothing. */
    static final class Ruled {
        private final String id;
        private Optional<Who> who = Optional.empty();
        private Optional<Target> target = Optional.empty();
        private Optional<StatementMatch> statement = Optional.empty();
        private Optional<SourceMatch> source = Optional.empty();
        private Optional<TimeMatch> time = Optional.empty();
        private boolean enforced = true;

        Ruled(String id) {
            this.id = id;
        }

        Ruled who(Who condition) {
            who = Optional.of(condition);
            return this;
        }

        Ruled target(Target condition) {
            target = Optional.of(condition);
            return this;
        }

        Ruled statement(StatementMatch condition) {
            statement = Optional.of(condition);
            return this;
        }

        Ruled source(SourceMatch condition) {
            source = Optional.of(condition);
            return this;
        }

        Ruled time(TimeMatch condition) {
            time = Optional.of(condition);
            return this;
        }

        Ruled observed() {
            enforced = false;
            return this;
        }

        Rule allows(String... overrides) {
            return then(new Then.Allow(Set.of(overrides)));
        }

        Rule blocks(String message) {
            return then(new Then.Block(message, "the hint"));
        }

        Rule approves() {
            return then(new Then.Approve(REVIEW));
        }

        private Rule then(Then then) {
            return new Rule(
                    "the title of " + id,
                    enforced,
                    who,
                    target,
                    statement,
                    source,
                    time,
                    then,
                    new Ruling.Source(id, "rules.yaml", 7));
        }
    }

    static Ruled rule(String id) {
        return new Ruled(id);
    }

    /** Builds the condition on a statement. */
    static final class Stating {
        private Set<Kind> kinds = Set.of();
        private Set<dev.gatehouse.firewall.statement.StatementClass> classes = Set.of();
        private Optional<Touch> reads = Optional.empty();
        private Optional<Touch> writes = Optional.empty();
        private Names functions = Names.NONE;
        private Set<Command.Where> where = Set.of();
        private boolean limitMissing;
        private Optional<Boolean> multi = Optional.empty();
        private boolean failed;
        private Optional<StatementMatch> not = Optional.empty();

        Stating kinds(Kind... any) {
            kinds = Set.of(any);
            return this;
        }

        Stating classes(dev.gatehouse.firewall.statement.StatementClass... any) {
            classes = Set.of(any);
            return this;
        }

        Stating readsTables(String... tables) {
            reads = Optional.of(new Touch(patterns(NamePattern.TABLE_PARTS, tables), List.of(), Names.NONE));
            return this;
        }

        Stating readsColumns(String... columns) {
            reads = Optional.of(new Touch(List.of(), patterns(NamePattern.COLUMN_PARTS, columns), Names.NONE));
            return this;
        }

        Stating readsTags(String... tags) {
            reads = Optional.of(new Touch(List.of(), List.of(), Names.of(tags)));
            return this;
        }

        Stating writesTables(String... tables) {
            writes = Optional.of(new Touch(patterns(NamePattern.TABLE_PARTS, tables), List.of(), Names.NONE));
            return this;
        }

        Stating functions(String... any) {
            functions = Names.of(any);
            return this;
        }

        Stating where(Command.Where... any) {
            where = Set.of(any);
            return this;
        }

        Stating limitMissing() {
            limitMissing = true;
            return this;
        }

        Stating multi(boolean wanted) {
            multi = Optional.of(wanted);
            return this;
        }

        Stating parseFailed() {
            failed = true;
            return this;
        }

        Stating not(Stating excluded) {
            not = Optional.of(excluded.done());
            return this;
        }

        StatementMatch done() {
            return new StatementMatch(
                    kinds, classes, reads, writes, functions, where, limitMissing, multi, failed, not);
        }

        private static List<NamePattern> patterns(int most, String... texts) {
            return java.util.Arrays.stream(texts)
                    .map(text -> NamePattern.parse(text, most))
                    .toList();
        }
    }

    static Stating statement() {
        return new Stating();
    }
}
