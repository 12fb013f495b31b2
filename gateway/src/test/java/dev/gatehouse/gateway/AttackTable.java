package dev.gatehouse.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the tables of statements that are tried on servers, one line each:
 *
 * <pre>
 * what must happen | statement ;; statement ;; undo: statement
 * </pre>
 *
 * <p>What must happen is {@code refused} (the gateway refuses one of the statements), {@code masked} (all run, and an answer
 * differs from the server's own), {@code blanked} (the same, and it is an error) or {@code same} (the answers are the server's
 * own). An exclamation mark behind it says that what the attack learns is not in an answer to it: it is time, or comes to
 * somebody else. {@code refused@mysql} is so on MySQL alone, {@code @mariadb} on MariaDB. A statement that begins with {@code erik:} is said by somebody who sees no masks, on a connection of his
 * own; {@code undo:} puts things right for the next line; {@code {newline}} begins a new line. Lines that begin with {@code #} are for people.
 */
final class AttackTable {

    private static final String UNDO = "undo:";
    private static final String OTHER = "erik:";

    private AttackTable() {}

    /** Who says something. */
    enum Speaker {
        /** Who sees masks. */
        MAYA,
        /** Who sees none. */
        ERIK,
        /** Who puts things right, and sees none. */
        UNDO
    }

    record Step(Speaker speaker, String sql) {}

    /**
     * One line.
     *
     * @param visible whether its answers tell of secrets where there is no gateway
     */
    record Line(int number, String outcome, boolean visible, List<Step> steps) {

        /** All that the one who sees masks says. */
        String said() {
            StringBuilder said = new StringBuilder();
            for (Step step : steps) {
                said.append(step.speaker() == Speaker.MAYA ? step.sql() : "").append('\n');
            }
            return said.toString();
        }

        @Override
        public String toString() {
            return number + " " + outcome + ": " + said().replace("\n", " ;; ");
        }
    }

    /** @param name of the resource */
    static List<Line> read(String name) {
        return read(name, "");
    }

    /**
     * @param name of the resource
     * @param product whose lines are meant, of those for a single one
     */
    static List<Line> read(String name, String product) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : text(name).split("\n", -1)) {
            number++;
            if (!text.isBlank() && !text.startsWith("#") && isOf(text.substring(0, text.indexOf('|')), product)) {
                lines.add(line(number, text));
            }
        }
        return lines;
    }

    private static boolean isOf(String outcome, String product) {
        return outcome.indexOf('@') < 0 || outcome.strip().endsWith("@" + product);
    }

    private static Line line(int number, String text) {
        int bar = text.indexOf('|');
        String outcome = text.substring(0, bar).replaceAll("@.*", "").strip();
        List<Step> steps = new ArrayList<>();
        for (String step : text.substring(bar + 1).split(" ;; ", -1)) {
            steps.add(step(step.strip()));
        }
        boolean visible = !outcome.endsWith("!");
        return new Line(number, outcome.replace("!", ""), visible, List.copyOf(steps));
    }

    private static Step step(String text) {
        if (text.startsWith(UNDO)) {
            return new Step(Speaker.UNDO, text.substring(UNDO.length()).strip());
        }
        return text.startsWith(OTHER)
                ? new Step(Speaker.ERIK, text.substring(OTHER.length()).strip())
                : new Step(Speaker.MAYA, text.replace("{newline}", "\n"));
    }

    private static String text(String name) {
        try (InputStream in = AttackTable.class.getResourceAsStream("/attacks/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no table " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
