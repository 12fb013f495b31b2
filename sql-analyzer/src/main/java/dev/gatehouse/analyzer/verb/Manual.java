package dev.gatehouse.analyzer.verb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A dialect's synopses, by the pages of its manual. */
final class Manual {

    /** PostgreSQL's. */
    static final Manual POSTGRESQL =
            load("postgresql-commands.txt", "postgresql-definitions.txt", "postgresql-alterations.txt");

    /**
     * One command's.
     *
     * @param verb its title's first word
     * @param object the others; empty for none
     * @param forms its forms, to be tried in order
     */
    record Page(String verb, String object, List<Synopsis> forms) {}

    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final Map<String, Synopsis> rules = new HashMap<>();
    private final Map<String, List<Page>> byWord = new HashMap<>();

    private Manual() {}

    private static Manual load(String... files) {
        Manual manual = new Manual();
        for (String file : files) {
            manual.read(text(file));
        }
        manual.rules.values().forEach(manual::check);
        manual.pages.values().forEach(manual::index);
        return manual;
    }

    private static String text(String file) {
        try (InputStream in = Manual.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String text) {
        StringBuilder entry = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            boolean begins = !line.isBlank() && !line.startsWith(" ") && !line.startsWith("#");
            if (begins && entry.length() > 0) {
                entry(entry.toString());
                entry.setLength(0);
            }
            if (!line.startsWith("#")) {
                entry.append(line).append('\n');
            }
        }
        entry(entry.toString());
    }

    private void entry(String text) {
        if (text.isBlank()) {
            return;
        }
        int sign = text.indexOf('=');
        String title = text.substring(0, sign).trim();
        Synopsis synopsis = SynopsisReader.read(text.substring(sign + 1));
        if (rules.put(title, synopsis) != null) {
            throw new IllegalArgumentException("twice: " + title);
        }
        if (Character.isUpperCase(title.charAt(0))) {
            int space = title.indexOf(' ');
            String verb = space < 0 ? title : title.substring(0, space);
            String object = space < 0 ? "" : title.substring(space + 1);
            List<Synopsis> forms = synopsis instanceof Synopsis.Choice choice ? choice.any() : List.of(synopsis);
            pages.put(title, new Page(verb, object, forms));
        }
    }

    private void check(Synopsis synopsis) {
        if (synopsis instanceof Synopsis.Rule rule && !rules.containsKey(rule.name())) {
            throw new IllegalArgumentException("no rule " + rule.name());
        } else if (synopsis instanceof Synopsis.Sequence sequence) {
            sequence.all().forEach(this::check);
        } else if (synopsis instanceof Synopsis.Choice choice) {
            choice.any().forEach(this::check);
        } else if (synopsis instanceof Synopsis.Maybe maybe) {
            check(maybe.one());
        } else if (synopsis instanceof Synopsis.Several several) {
            check(several.one());
        } else if (synopsis instanceof Synopsis.Unless unless) {
            check(unless.one());
        }
    }

    private void index(Page page) {
        for (Synopsis form : page.forms()) {
            for (String word : firstWords(form)) {
                List<Page> pagesOfWord = byWord.computeIfAbsent(word, w -> new ArrayList<>());
                if (!pagesOfWord.contains(page)) {
                    pagesOfWord.add(page);
                }
            }
        }
    }

    private List<String> firstWords(Synopsis synopsis) {
        if (synopsis instanceof Synopsis.Word word) {
            return List.of(word.word());
        } else if (synopsis instanceof Synopsis.Sequence sequence) {
            return firstWords(sequence.all().get(0));
        } else if (synopsis instanceof Synopsis.Choice choice) {
            return choice.any().stream().flatMap(s -> firstWords(s).stream()).toList();
        }
        throw new IllegalArgumentException("a command that begins with no word: " + synopsis);
    }

    /** The commands that begin with a word, in lower case. */
    List<Page> pages(String word) {
        return byWord.getOrDefault(word.toLowerCase(Locale.ROOT), List.of());
    }

    /** The titles of all its pages. */
    Set<String> titles() {
        return Set.copyOf(pages.keySet());
    }

    /** A rule's synopsis, or a page's. */
    Synopsis rule(String name) {
        return Objects.requireNonNull(rules.get(name), name);
    }
}
