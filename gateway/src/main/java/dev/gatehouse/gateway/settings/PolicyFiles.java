package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Calendar;
import dev.gatehouse.firewall.policy.Classification;
import dev.gatehouse.firewall.policy.ColumnMask;
import dev.gatehouse.firewall.policy.ConsoleRight;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.GrantRule;
import dev.gatehouse.firewall.policy.LoginGrant;
import dev.gatehouse.firewall.policy.MaskUse;
import dev.gatehouse.firewall.policy.NamePattern;
import dev.gatehouse.firewall.policy.Names;
import dev.gatehouse.firewall.policy.Role;
import dev.gatehouse.firewall.policy.Rule;
import dev.gatehouse.firewall.policy.RuleBook;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.policy.ValueKind;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads all policy files as one policy: names first, from all of them, then what speaks of the names. */
final class PolicyFiles {

    private static final Map<String, Boolean> DEFAULTS = Map.of("block", false, "allow", true);

    private final Settings settings;
    private final Set<String> keyNames;
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, Optional<Calendar>> calendars = new LinkedHashMap<>();
    private final Map<String, Optional<Flow>> flows = new LinkedHashMap<>();
    private final Set<String> tags = new LinkedHashSet<>();
    private final Set<String> ruleIds = new LinkedHashSet<>();
    private final List<LoginGrant> logins = new ArrayList<>();
    private final List<Classification> classifications = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<ColumnMask> masks = new ArrayList<>();
    private final List<GrantRule> grants = new ArrayList<>();
    private Optional<Boolean> allowByDefault = Optional.empty();
    private Ruling.Source defaultPlace = new Ruling.Source(RuleBook.DEFAULT_ID, "", 0);
    private Optional<MaskUse> maskUse = Optional.empty();

    /**
     * One file.
     *
     * @param name its name without its folder
     */
    record File(String name, Section root) {}

    /** @param keyNames the names of all keys, those that could not be read among them */
    PolicyFiles(Settings settings, Set<String> keyNames) {
        this.settings = settings;
        this.keyNames = keyNames;
    }

    RuleBook read(List<File> files, String version) {
        files.forEach(file -> names(file.root()));
        Vocabulary vocabulary = new Vocabulary(settings, roles.keySet(), tags, calendars, flows, ruleIds);
        RuleReader ruleReader = new RuleReader(vocabulary);
        for (File file : files) {
            file.root().items("classify").forEach(item -> item.section().ifPresent(s -> classify(s, vocabulary)));
        }
        MaskReader maskReader = new MaskReader(vocabulary, keyNames, classifications);
        GrantReader grantReader = new GrantReader(vocabulary);
        for (File file : files) {
            Section root = file.root();
            standard(file);
            root.items("logins").forEach(item -> item.section().ifPresent(this::login));
            root.items("rules")
                    .forEach(item -> ruleReader.read(item, file.name()).ifPresent(rules::add));
            root.items("masks")
                    .forEach(item -> maskReader.read(item, file.name()).ifPresent(masks::add));
            root.section("mask_use").ifPresent(section -> maskUse(section, file.name(), vocabulary));
            root.items("grants")
                    .forEach(item -> grantReader.read(item, file.name()).ifPresent(grants::add));
            root.close();
        }
        return new RuleBook(
                version,
                allowByDefault.orElse(false),
                defaultPlace,
                List.copyOf(roles.values()),
                logins,
                classifications,
                rules,
                masks,
                maskUse.orElse(MaskUse.BLOCK),
                grants);
    }

    private void names(Section root) {
        ServerFile.header(root, "Policy");
        for (Section.Entry entry : named(root, "roles", "role", roles.keySet())) {
            roles.put(entry.name(), role(entry));
        }
        for (Section.Entry entry : named(root, "calendars", "calendar", calendars.keySet())) {
            calendars.put(entry.name(), CalendarReader.read(entry));
        }
        for (Section.Entry entry : named(root, "approvals", "approval flow", flows.keySet())) {
            flows.put(entry.name(), FlowReader.read(entry));
        }
        root.optional("classify").ifPresent(list -> quietly(list, "tag", tags));
        root.optional("rules").ifPresent(list -> quietly(list, "id", ruleIds));
    }

    /** The entries of a mapping of names; a name that another file gives too is a problem. */
    private static List<Section.Entry> named(Section root, String key, String what, Set<String> taken) {
        List<Section.Entry> fresh = new ArrayList<>();
        for (Section.Entry entry : root.named(key)) {
            Vocabulary.id(entry.key());
            if (taken.contains(entry.name())) {
                entry.key().problem(Code.DUPLICATE_NAME, "the " + what + " \"" + entry.name() + "\" exists already");
            } else {
                fresh.add(entry);
            }
        }
        return fresh;
    }

    /** Collects one key's texts from a list of mappings; what is wrong with them is told when they are read for good. */
    private static void quietly(Value list, String key, Set<String> texts) {
        list.peek(key).forEach(texts::add);
    }

    private static Role role(Section.Entry entry) {
        Optional<Section> section = entry.value().section();
        Names groups = section.map(s -> Vocabulary.free(s, "groups")).orElse(Names.NONE);
        Names users = section.map(s -> Vocabulary.free(s, "users")).orElse(Names.NONE);
        Set<Subject.Kind> kinds = section.map(
                        s -> Vocabulary.words(s, "kinds", "kind of user", Words.of(Subject.Kind.class)))
                .orElse(Set.of());
        Optional<ConsoleRight> console = section.flatMap(s -> s.optional("console"))
                .flatMap(v -> v.word("right in the console", Words.of(ConsoleRight.class)));
        section.ifPresent(Section::close);
        return new Role(entry.name(), groups, users, kinds, console);
    }

    private void standard(File file) {
        file.root().optional("default").ifPresent(value -> value.word("default", DEFAULTS)
                .ifPresent(allow -> {
                    if (allowByDefault.isPresent() && !allowByDefault.get().equals(allow)) {
                        value.problem(
                                Code.CONTRADICTION,
                                "\"default\" is said otherwise in " + defaultPlace.file() + ", line "
                                        + defaultPlace.line());
                    } else if (allowByDefault.isEmpty()) {
                        allowByDefault = Optional.of(allow);
                        defaultPlace = new Ruling.Source(RuleBook.DEFAULT_ID, file.name(), value.line());
                    }
                }));
    }

    private void login(Section section) {
        Names forRoles = Vocabulary.existing(section, "roles", "role", roles.keySet());
        List<String> known = settings.upstreams().stream().map(Upstream::name).toList();
        Names upstreams = Vocabulary.existing(section, "upstreams", "upstream", known);
        List.of("roles", "upstreams", "may_use").forEach(section::required);
        Set<String> offered = new LinkedHashSet<>();
        settings.upstreams().stream().filter(u -> upstreams.match(u.name())).forEach(u -> u.logins()
                .forEach(l -> offered.add(l.name())));
        Set<String> mayUse = new HashSet<>();
        for (Value item : Vocabulary.items(section, "may_use")) {
            item.text().ifPresent(mayUse::add);
            item.name("login", offered).ifPresent(name -> {
                lacking(name, upstreams)
                        .ifPresent(upstream -> item.problem(
                                Code.UNKNOWN_NAME, "the upstream \"" + upstream + "\" has no login \"" + name + "\""));
            });
        }
        Optional<String> standard = section.required("default")
                .flatMap(v -> !offered.containsAll(mayUse) ? v.text() : v.name("login for this entry", mayUse));
        section.close();
        standard.ifPresent(name -> logins.add(new LoginGrant(forRoles, upstreams, mayUse, name)));
    }

    private Optional<String> lacking(String login, Names upstreams) {
        return settings.upstreams().stream()
                .filter(u -> upstreams.match(u.name()) && u.login(login).isEmpty())
                .map(Upstream::name)
                .findFirst();
    }

    private void classify(Section section, Vocabulary vocabulary) {
        Optional<ValueKind> detect =
                section.optional("detect").flatMap(v -> v.word("kind of value", Words.of(ValueKind.class)));
        Optional<String> tag = section.required("tag").flatMap(v -> v.as(PolicyFiles::tag));
        if (!section.has("detect")) {
            section.required("columns");
        }
        List<NamePattern> columns = vocabulary.patterns(section, "columns", NamePattern.COLUMN_PARTS);
        section.close();
        tag.ifPresent(t -> classifications.add(new Classification(t, columns, detect)));
    }

    private static String tag(String text) {
        if (!text.matches("[a-z][a-z0-9._-]*")) {
            throw new IllegalArgumentException("a tag is of small letters, digits, dots, hyphens, such as pii.email");
        }
        return text;
    }

    private void maskUse(Section section, String file, Vocabulary vocabulary) {
        Optional<Value> value = section.optional("predicates");
        section.close();
        value.flatMap(Value::text).ifPresent(text -> {
            Ruling.Source place =
                    new Ruling.Source(MaskUse.ID, file, value.get().line());
            MaskUse read;
            if (text.startsWith("approve:")) {
                read = new MaskUse(false, vocabulary.flow(value.get(), text.substring("approve:".length())), place);
            } else {
                if (!DEFAULTS.containsKey(text)) {
                    value.get()
                            .problem(
                                    Code.UNKNOWN_WORD,
                                    "unknown mask_use \"" + text + "\"; possible: allow, block, approve:<flow>");
                }
                read = new MaskUse(text.equals("allow"), Optional.empty(), place);
            }
            if (maskUse.isPresent() && !said(maskUse.get()).equals(said(read))) {
                value.get()
                        .problem(
                                Code.CONTRADICTION,
                                "\"mask_use\" is said otherwise in "
                                        + maskUse.get().place().file());
            }
            maskUse = maskUse.or(() -> Optional.of(read));
        });
    }

    private static String said(MaskUse use) {
        return use.allowed() + use.flow().map(Flow::name).orElse("");
    }
}
