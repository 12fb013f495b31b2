package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Cidr;
import dev.gatehouse.firewall.policy.Glob;
import dev.gatehouse.firewall.policy.NamePattern;
import dev.gatehouse.firewall.policy.Names;
import dev.gatehouse.firewall.policy.SourceMatch;
import dev.gatehouse.firewall.policy.StatementMatch;
import dev.gatehouse.firewall.policy.Target;
import dev.gatehouse.firewall.policy.TimeMatch;
import dev.gatehouse.firewall.policy.Touch;
import dev.gatehouse.firewall.policy.Who;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.StatementClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the conditions of rules and masks. */
final class ConditionReader {

    private static final Map<String, Command.Where> WHERE =
            Map.of("missing", Command.Where.MISSING, "always_true", Command.Where.ALWAYS_TRUE);

    private final Vocabulary vocabulary;

    ConditionReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    Optional<Who> who(Section parent, String key) {
        return block(parent, key).map(section -> {
            Names roles = Vocabulary.existing(section, "roles", "role", vocabulary.roles());
            Names groups = Vocabulary.free(section, "groups");
            Names users = Vocabulary.free(section, "users");
            Set<Subject.Kind> kinds = Vocabulary.words(section, "kinds", "kind of user", Words.of(Subject.Kind.class));
            Optional<Who> not = who(section, "not");
            section.close();
            return new Who(roles, groups, users, kinds, not);
        });
    }

    Optional<Target> target(Section parent, String key) {
        return block(parent, key).map(section -> {
            Names upstreams = Vocabulary.existing(section, "upstreams", "upstream", vocabulary.upstreams());
            Names databases = Vocabulary.free(section, "databases");
            Map<String, Glob> labels = new LinkedHashMap<>();
            for (Section.Entry label : section.named("labels")) {
                label.value().text().ifPresent(text -> {
                    labels.put(label.name(), new Glob(text));
                    warnOfDeadLabel(label, new Glob(text));
                });
            }
            Set<Dialect> protocols = Vocabulary.words(section, "protocols", "protocol", UpstreamReader.PROTOCOLS);
            Optional<Target> not = target(section, "not");
            section.close();
            return new Target(upstreams, databases, labels, protocols, not);
        });
    }

    private void warnOfDeadLabel(Section.Entry label, Glob value) {
        boolean alive = vocabulary.settings().upstreams().stream()
                .map(upstream -> upstream.labels().get(label.name()))
                .anyMatch(v -> v != null && value.matches(v));
        if (!alive) {
            label.key()
                    .problem(Code.MATCHES_NOTHING, "no upstream has the label \"" + label.name() + ": " + value + "\"");
        }
    }

    Optional<StatementMatch> statement(Section parent, String key) {
        return block(parent, key).map(section -> {
            section.refused("estimate", "joins", "literal_pii", "text");
            Set<Kind> kinds = Vocabulary.words(section, "kinds", "kind", Words.of(Kind.class));
            Set<StatementClass> classes = Vocabulary.words(section, "classes", "class", Words.of(StatementClass.class));
            Optional<Touch> reads = touch(section, "reads");
            Optional<Touch> writes = touch(section, "writes");
            Names functions = Vocabulary.free(section, "functions");
            boolean limit = section.optional("limit")
                    .flatMap(v -> v.word("limit", Map.of("missing", true)))
                    .isPresent();
            Optional<Boolean> multi = section.optional("multi").flatMap(Value::bool);
            boolean failed = section.optional("parse")
                    .flatMap(v -> v.word("parse", Map.of("failed", true)))
                    .isPresent();
            Set<Command.Where> where = where(section);
            Optional<StatementMatch> not = statement(section, "not");
            section.close();
            return new StatementMatch(
                    kinds, classes, reads, writes, folded(functions), where, limit, multi, failed, not);
        });
    }

    private static Set<Command.Where> where(Section section) {
        Set<Command.Where> where = new LinkedHashSet<>();
        section.optional("where").ifPresent(value -> {
            List<Value> items = value.isList() ? value.someItems() : List.of(value);
            items.forEach(item -> item.word("where", WHERE).ifPresent(where::add));
        });
        return where;
    }

    private static Names folded(Names functions) {
        return new Names(functions.globs().stream()
                .map(glob -> new Glob(glob.pattern().toLowerCase(Locale.ROOT)))
                .toList());
    }

    private Optional<Touch> touch(Section parent, String key) {
        return block(parent, key).map(section -> {
            List<NamePattern> tables = vocabulary.patterns(section, "tables", NamePattern.TABLE_PARTS);
            List<NamePattern> columns = vocabulary.patterns(section, "columns", NamePattern.COLUMN_PARTS);
            Names tags = Vocabulary.existing(section, "tags", "tag", vocabulary.tags());
            section.close();
            return new Touch(tables, columns, tags);
        });
    }

    Optional<SourceMatch> source(Section parent, String key) {
        return block(parent, key).map(section -> {
            section.refused("via");
            List<Cidr> cidrs = new ArrayList<>();
            Vocabulary.items(section, "cidrs")
                    .forEach(item -> item.as(Cidr::parse).ifPresent(cidrs::add));
            Names applications = Vocabulary.free(section, "applications");
            Optional<Boolean> encrypted = section.optional("tls").flatMap(ConditionReader::encrypted);
            Optional<SourceMatch> not = source(section, "not");
            section.close();
            return new SourceMatch(cidrs, applications, encrypted, not);
        });
    }

    private static Optional<Boolean> encrypted(Value value) {
        if (value.text().filter("mutual"::equals).isPresent()) {
            value.notInRelease(Code.NOT_IN_RELEASE, value.path() + ": mutual");
            return Optional.empty();
        }
        return value.word("tls", Map.of("none", false, "server", true));
    }

    Optional<TimeMatch> time(Section parent) {
        return block(parent, "time").flatMap(section -> {
            Optional<Value> inside = section.optional("inside");
            Optional<Value> outside = section.optional("outside");
            section.close();
            if (inside.isPresent() && outside.isPresent()) {
                outside.get().problem(Code.CONTRADICTION, "a rule's time is inside or outside one calendar, not both");
            }
            return inside.or(() -> outside)
                    .flatMap(v -> v.name("calendar", vocabulary.calendars().keySet()))
                    .flatMap(name -> vocabulary.calendars().getOrDefault(name, Optional.empty()))
                    .map(calendar -> new TimeMatch(calendar, inside.isPresent()));
        });
    }

    /** A condition's mapping. An empty one is a problem: it would match everything, which nobody writes on purpose. */
    private static Optional<Section> block(Section parent, String key) {
        Optional<Section> section = parent.section(key);
        if (section.isPresent() && section.get().isEmpty()) {
            section.get()
                    .self()
                    .problem(Code.BAD_VALUE, "\"" + section.get().self().path() + "\" asks nothing; leave it out");
        }
        return section;
    }
}
