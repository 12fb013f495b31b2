package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.GrantRule;
import dev.gatehouse.firewall.policy.Ruling;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code grants}. */
final class GrantReader {

    private static final Duration LONGEST = Duration.ofDays(30);

    private final Vocabulary vocabulary;
    private final ConditionReader conditions;
    private final Set<String> taken = new HashSet<>();

    GrantReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.conditions = new ConditionReader(vocabulary);
    }

    Optional<GrantRule> read(Value item, String file) {
        return item.section().flatMap(section -> read(section, new Ruling.Source("", file, item.line())));
    }

    private Optional<GrantRule> read(Section section, Ruling.Source place) {
        Optional<String> id = section.required("id").flatMap(this::id);
        section.required("request_by");
        section.required("gives");
        var who = conditions.who(section, "request_by");
        Optional<Section> gives = section.section("gives");
        var target = gives.flatMap(given -> conditions.target(given, "target"));
        var statement = gives.flatMap(given -> conditions.statement(given, "statement"));
        Set<String> overrides = new HashSet<>();
        gives.ifPresent(given -> {
            Vocabulary.items(given, "overrides")
                    .forEach(rule -> rule.name("rule", vocabulary.ruleIds()).ifPresent(overrides::add));
            given.close();
        });
        Optional<Duration> longest = section.required("max_duration").flatMap(GrantReader::longest);
        int mostUses = section.optional("max_uses")
                .flatMap(v -> v.integer(1, 1_000_000))
                .orElse(0);
        Optional<Flow> flow =
                section.required("approval").flatMap(v -> v.text().flatMap(name -> vocabulary.flow(v, name)));
        Optional<Section> reason = section.section("reason");
        boolean required =
                reason.flatMap(r -> r.optional("required")).flatMap(Value::bool).orElse(false);
        Optional<Pattern> pattern = reason.flatMap(r -> r.optional("pattern")).flatMap(v -> v.as(GrantReader::pattern));
        reason.ifPresent(Section::close);
        section.close();
        return id.isEmpty() || who.isEmpty() || longest.isEmpty() || flow.isEmpty()
                ? Optional.empty()
                : Optional.of(new GrantRule(
                        who.get(),
                        target,
                        statement,
                        overrides,
                        longest.get(),
                        mostUses,
                        flow.get(),
                        required,
                        pattern,
                        new Ruling.Source(id.get(), place.file(), place.line())));
    }

    private Optional<String> id(Value value) {
        return Vocabulary.id(value).filter(id -> {
            if (vocabulary.ruleIds().contains(id) || !taken.add(id)) {
                value.problem(Code.DUPLICATE_NAME, "a rule or grant \"" + id + "\" exists already");
            }
            return true;
        });
    }

    private static Optional<Duration> longest(Value value) {
        Optional<Duration> read = value.duration();
        if (read.filter(longest -> longest.compareTo(LONGEST) > 0 || longest.isZero())
                .isPresent()) {
            value.problem(Code.BAD_VALUE, "a grant lasts at most " + LONGEST.toDays() + "d");
        }
        return read;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression: " + e.getDescription(), e);
        }
    }
}
