package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.policy.Classification;
import dev.gatehouse.firewall.policy.ColumnMask;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.NamePattern;
import dev.gatehouse.firewall.policy.Names;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.policy.Transform.FormatPreserving.Alphabet;
import dev.gatehouse.firewall.session.Secret;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads {@code masks}. */
final class MaskReader {

    private static final int LEAST_DIGITS = 8;
    private static final int MOST_DIGITS = 64;
    private static final int MOST_KEPT = 1000;
    private static final BigDecimal USUAL_BUCKET = BigDecimal.TEN;
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "year", ChronoUnit.YEARS, "month", ChronoUnit.MONTHS, "day", ChronoUnit.DAYS, "hour", ChronoUnit.HOURS);

    private final Vocabulary vocabulary;
    private final ConditionReader conditions;
    private final Set<String> keyNames;
    private final List<Classification> classifications;
    private final Set<String> taken = new HashSet<>();

    /**
     * @param keyNames the names of all keys, those that could not be read among them
     * @param classifications those of all files
     */
    MaskReader(Vocabulary vocabulary, Set<String> keyNames, List<Classification> classifications) {
        this.classifications = classifications;
        this.vocabulary = vocabulary;
        this.conditions = new ConditionReader(vocabulary);
        this.keyNames = keyNames;
    }

    /** @param file the name of the file it stands in */
    Optional<ColumnMask> read(Value item, String file) {
        return item.section().flatMap(section -> {
            Optional<String> id = section.required("id").flatMap(this::id);
            Names tags = Vocabulary.existing(section, "tags", "tag", vocabulary.tags());
            List<NamePattern> columns = vocabulary.patterns(section, "columns", NamePattern.COLUMN_PARTS);
            if (!section.has("tags") && !section.has("columns")) {
                item.problem(Code.MISSING_KEY, "a mask says which columns: \"tags\" or \"columns\" is missing");
            }
            var who = conditions.who(section, "who");
            var except = conditions.who(section, "except");
            var target = conditions.target(section, "target");
            Optional<Transform> with =
                    section.required("with").flatMap(Value::section).flatMap(this::transform);
            with.ifPresent(transform -> textual(item, tags, transform));
            section.close();
            return with.flatMap(transform -> id.map(name -> new ColumnMask(
                    tags,
                    columns,
                    who,
                    except,
                    target,
                    new MaskRule(name, transform),
                    new Ruling.Source(name, file, item.line()))));
        });
    }

    /** What is detected is text. */
    private void textual(Value item, Names tags, Transform transform) {
        boolean text = !(transform instanceof Transform.Bucket
                || transform instanceof Transform.TruncateDate
                || transform instanceof Transform.Noise);
        classifications.stream()
                .filter(c -> !text && c.detect().isPresent() && tags.match(c.tag()))
                .findFirst()
                .ifPresent(c -> item.problem(
                        Code.CONTRADICTION,
                        "\"" + c.tag() + "\" is detected in texts, of which this mask knows nothing; put one for text,"
                                + " or set_null, on the tag"));
    }

    private Optional<String> id(Value value) {
        return Vocabulary.id(value).filter(id -> {
            if (!taken.add(id)) {
                value.problem(Code.DUPLICATE_NAME, "a mask \"" + id + "\" exists already");
            }
            return true;
        });
    }

    /** Reads the options of one transform. */
    private interface Options {
        Optional<Transform> read(Section options);
    }

    private Map<String, Options> transforms() {
        Map<String, Options> transforms = new LinkedHashMap<>();
        transforms.put("set_null", options -> Optional.of(new Transform.SetNull()));
        transforms.put(
                "redact",
                options -> Optional.of(new Transform.Redact(options.text("text").orElse("***"))));
        transforms.put("card_last4", options -> Optional.of(new Transform.CardLast4()));
        transforms.put("hash", this::hash);
        transforms.put("tokenize", this::tokenize);
        transforms.put("partial", MaskReader::partial);
        transforms.put("email", MaskReader::email);
        transforms.put("format_preserving", this::formatPreserving);
        transforms.put("bucket", MaskReader::bucket);
        transforms.put("truncate_date", MaskReader::truncateDate);
        transforms.put("noise", MaskReader::noise);
        return transforms;
    }

    private Optional<Transform> transform(Section with) {
        long said = 0;
        Optional<Transform> result = Optional.empty();
        for (Map.Entry<String, Options> entry : transforms().entrySet()) {
            Optional<Value> value = with.optional(entry.getKey());
            said += value.isPresent() ? 1 : 0;
            Optional<Section> options = value.flatMap(Value::section);
            if (options.isPresent()) {
                result = entry.getValue().read(options.get());
                options.get().close();
            }
        }
        with.close();
        if (said != 1) {
            with.self().problem(Code.CONTRADICTION, "\"with\" says exactly one transform");
        }
        return result;
    }

    private Optional<Transform> hash(Section options) {
        int length = options.optional("length")
                .flatMap(v -> v.integer(LEAST_DIGITS, MOST_DIGITS))
                .orElse(MOST_DIGITS);
        return keyed(options, Settings.KeyType.HMAC_SHA256, (name, key) -> new Transform.Hash(name, key, length));
    }

    private Optional<Transform> tokenize(Section options) {
        String prefix = options.optional("prefix").flatMap(Value::anyText).orElse("");
        return keyed(options, Settings.KeyType.HMAC_SHA256, (name, key) -> new Transform.Tokenize(name, key, prefix));
    }

    private Optional<Transform> keyed(
            Section options, Settings.KeyType type, BiFunction<String, Secret, Transform> make) {
        Optional<Value> written = options.required("key");
        Optional<String> name = written.flatMap(v -> v.name("key", keyNames));
        Optional<Settings.Key> key = name.flatMap(
                n -> Optional.ofNullable(vocabulary.settings().keys().get(n)));
        if (key.isPresent() && key.get().type() != type) {
            written.get()
                    .problem(
                            Code.CONTRADICTION,
                            "the key \"" + name.get() + "\" is of type "
                                    + word(key.get().type()) + ", and this mask needs one" + " of type " + word(type));
            return Optional.empty();
        }
        return key.map(k -> make.apply(name.get(), k.secret()));
    }

    private static String word(Settings.KeyType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Optional<Transform> formatPreserving(Section options) {
        Alphabet alphabet = options.optional("alphabet")
                .flatMap(v -> v.word("alphabet", Words.of(Alphabet.class)))
                .orElse(Alphabet.DIGITS);
        return keyed(options, Settings.KeyType.FF1, (name, key) -> new Transform.FormatPreserving(name, key, alphabet));
    }

    private static Optional<Transform> bucket(Section options) {
        BigDecimal size = options.optional("size").flatMap(Value::positive).orElse(USUAL_BUCKET);
        return Optional.of(new Transform.Bucket(size));
    }

    private static Optional<Transform> truncateDate(Section options) {
        return Optional.of(new Transform.TruncateDate(
                options.optional("to").flatMap(v -> v.word("unit", UNITS)).orElse(ChronoUnit.MONTHS)));
    }

    private static Optional<Transform> noise(Section options) {
        Optional<Value> relative = options.optional("relative");
        Optional<Value> absolute = options.optional("absolute");
        if (relative.isEmpty() && absolute.isEmpty()) {
            options.self().problem(Code.MISSING_KEY, "noise says how much: \"relative\" or \"absolute\" is missing");
        }
        Transform.Noise.Per per = options.optional("per")
                .flatMap(v -> v.word("occasion", Words.of(Transform.Noise.Per.class)))
                .orElse(Transform.Noise.Per.VALUE);
        return Optional.of(new Transform.Noise(
                relative.flatMap(Value::positive).orElse(BigDecimal.ZERO),
                absolute.flatMap(Value::positive).orElse(BigDecimal.ZERO),
                per));
    }

    private static Optional<Transform> partial(Section options) {
        int first =
                options.optional("first").flatMap(v -> v.integer(0, MOST_KEPT)).orElse(0);
        int last =
                options.optional("last").flatMap(v -> v.integer(0, MOST_KEPT)).orElse(0);
        String fill = options.text("fill").orElse("*");
        return Optional.of(new Transform.Partial(first, last, fill));
    }

    private static Optional<Transform> email(Section options) {
        return Optional.of(new Transform.Email(options.optional("keep")
                .flatMap(v -> v.word("keep", Words.of(Transform.Email.Keep.class)))
                .orElse(Transform.Email.Keep.DOMAIN)));
    }
}
