package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Rule;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.policy.Then;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code rules}. */
final class RuleReader {

    /** The longest message a rule may have. */
    private static final int LONGEST = 200;

    private static final Set<String> RESERVED =
            Set.of("default", "login-proofs", "transaction-control", "empty-statement");

    private final Vocabulary vocabulary;
    private final ConditionReader conditions;
    private final Set<String> taken = new HashSet<>();

    RuleReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.conditions = new ConditionReader(vocabulary);
    }

    Optional<Rule> read(Value item, String file) {
        return item.section().flatMap(section -> {
            section.refused("cel");
            Optional<String> id = section.required("id").flatMap(this::id);
            String title = section.text("title").orElse("");
            boolean enforced = section.optional("mode")
                    .flatMap(v -> v.word("mode", Map.of("enforce", true, "observe", false)))
                    .orElse(true);
            Ruling.Source place = new Ruling.Source(id.orElse("?"), file, item.line());
            var who = conditions.who(section, "who");
            var target = conditions.target(section, "target");
            var statement = conditions.statement(section, "statement");
            var source = conditions.source(section, "source");
            var time = conditions.time(section);
            Optional<Then> then =
                    section.required("then").flatMap(Value::section).flatMap(this::then);
            section.close();
            return then.map(t -> new Rule(title, enforced, who, target, statement, source, time, t, place));
        });
    }

    private Optional<String> id(Value value) {
        return Vocabulary.id(value).filter(id -> {
            if (RESERVED.contains(id)) {
                value.problem(Code.DUPLICATE_NAME, "\"" + id + "\" is the name of a rule the gateway has itself");
            } else if (!taken.add(id)) {
                value.problem(Code.DUPLICATE_NAME, "a rule \"" + id + "\" exists already");
            }
            return true;
        });
    }

    private Optional<Then> then(Section section) {
        Optional<Value> allow = section.optional("allow");
        Optional<Value> block = section.optional("block");
        Optional<Value> approve = section.optional("approve");
        section.close();
        long said = java.util.stream.Stream.of(allow, block, approve)
                .filter(Optional::isPresent)
                .count();
        if (said != 1) {
            section.self().problem(Code.CONTRADICTION, "\"then\" says one of allow, block, approve");
            return Optional.empty();
        }
        if (allow.isPresent()) {
            return allow.flatMap(Value::section).map(this::allow);
        }
        return block.isPresent()
                ? block.flatMap(Value::section).map(RuleReader::block)
                : approve.flatMap(v -> v.text().flatMap(name -> vocabulary.flow(v, name)))
                        .map(Then.Approve::new);
    }

    private Then allow(Section section) {
        section.refused("max_rows", "max_affected", "timeout", "read_only", "require_reason", "page");
        Set<String> overrides = new HashSet<>();
        Vocabulary.items(section, "overrides")
                .forEach(item -> item.name("rule", vocabulary.ruleIds()).ifPresent(overrides::add));
        section.close();
        return new Then.Allow(overrides);
    }

    private static Then block(Section section) {
        String message = brief(section, "message");
        String hint = brief(section, "hint");
        section.close();
        return new Then.Block(message, hint);
    }

    private static String brief(Section section, String key) {
        return section.optional(key)
                .flatMap(v -> v.text().filter(text -> {
                    if (text.length() > LONGEST) {
                        v.problem(Code.BAD_VALUE, "\"" + v.path() + "\" is longer than " + LONGEST + " characters");
                    }
                    return true;
                }))
                .orElse("");
    }
}
