package dev.gatehouse.gateway;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/**
 * Two gateways in front of two databases that differ in nothing but protected values, and two such databases without a
 * gateway. What is tried is said to all four: through the gateways both answers must be the same, whatever it is; without them
 * they must not be, or it was no attack.
 */
final class Twins {

    /** A number of a decision or a request. */
    private static final Pattern DECISION = Pattern.compile("\\b(dec|req)_\\w+");

    private final Place[] guarded;
    private final Place[] bare;
    private final Secrets[] secrets = {Secrets.of(0), Secrets.of(1)};

    Twins(Place[] guarded, Place[] bare) {
        this.guarded = guarded;
        this.bare = bare;
    }

    /** Where somebody may connect to. */
    interface Place {
        Talk open(String user) throws Exception;
    }

    /** A connection. */
    interface Talk extends AutoCloseable {

        /**
         * Says something and hears the answer.
         *
         * @param prepared whether it is prepared, and its rows asked for in binary
         */
        Heard say(String sql, boolean prepared) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * An answer.
     *
     * @param bytes all of it, a character for each byte
     * @param told the same without what differs from one database or moment to the next
     * @param refused whether the gateway has refused it
     * @param failed whether it is, or ends in, an error
     */
    record Heard(String bytes, String told, boolean refused, boolean failed) {}

    /** What came of a line at one place. */
    private record Run(List<Heard> heard) {

        boolean refused() {
            return heard.stream().anyMatch(Heard::refused);
        }

        boolean failed() {
            return heard.stream().anyMatch(Heard::failed);
        }

        String bytes() {
            return withoutDecisions(heard.stream().map(Heard::bytes).toList());
        }

        String told() {
            return withoutDecisions(heard.stream().map(Heard::told).toList());
        }

        private static String withoutDecisions(List<String> texts) {
            return DECISION.matcher(String.join("\n", texts)).replaceAll("$1_0");
        }
    }

    /** Tries a line; complains of all that is not as it must be. */
    void check(AttackTable.Line line, boolean prepared) throws Exception {
        Run[] plain = {run(bare[0], line, prepared), run(bare[1], line, prepared)};
        Run[] masked = {run(guarded[0], line, prepared), run(guarded[1], line, prepared)};
        List<String> wrong = new ArrayList<>();
        String said = secrets[0].placed(line.said());
        for (int twin = 0; twin < 2; twin++) {
            List<String> learnt = secrets[twin].in(masked[twin].bytes(), said);
            if (!learnt.isEmpty()) {
                wrong.add("learnt " + learnt.subList(0, Math.min(5, learnt.size())));
            }
        }
        if (!masked[0].told().equals(masked[1].told())) {
            wrong.add("the answer depends on secrets: " + difference(masked[0].told(), masked[1].told()));
        }
        String outcome = outcome(plain[0], masked[0]);
        // Prepared, a text of several statements is an error of its own.
        boolean known = !prepared || line.outcome().equals("same");
        if (known && !outcome.equals(line.outcome())) {
            wrong.add(outcome + " instead of " + line.outcome());
        }
        boolean tells = !secrets[0].in(plain[0].bytes(), said).isEmpty()
                || !plain[0].told().equals(plain[1].told());
        if (!prepared && line.visible() && !line.outcome().equals("same") && !tells) {
            wrong.add("no attack: without a gateway the answer tells nothing");
        }
        if (!wrong.isEmpty()) {
            Assertions.fail(wrong + "\n" + line + "\n--- through the gateway\n" + shown(masked[0]) + "\n--- and\n"
                    + shown(masked[1]) + "\n--- directly\n" + shown(plain[0]));
        }
    }

    private static String difference(String one, String other) {
        int at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - 60);
        String both = "'" + one.substring(from, Math.min(one.length(), at + 60)) + "' and '"
                + other.substring(from, Math.min(other.length(), at + 60)) + "'";
        return both.replace('\n', ' ');
    }

    private static String shown(Run run) {
        String told = run.told();
        return told.substring(0, Math.min(told.length(), 1500));
    }

    private static String outcome(Run plain, Run masked) {
        if (masked.refused()) {
            return "refused";
        }
        if (masked.told().equals(plain.told())) {
            return "same";
        }
        return masked.failed() ? "blanked" : "masked";
    }

    private Run run(Place place, AttackTable.Line line, boolean prepared) throws Exception {
        List<Heard> heard = new ArrayList<>();
        Map<AttackTable.Speaker, Talk> talks = new EnumMap<>(AttackTable.Speaker.class);
        try {
            for (AttackTable.Step step : line.steps()) {
                Talk talk = talks.get(step.speaker());
                if (talk == null) {
                    talk = place.open(step.speaker() == AttackTable.Speaker.MAYA ? "maya" : "erik");
                    talks.put(step.speaker(), talk);
                }
                boolean maya = step.speaker() == AttackTable.Speaker.MAYA;
                Heard answer = talk.say(secrets[0].placed(step.sql()), prepared && maya);
                if (maya) {
                    heard.add(answer);
                } else if (answer.refused()) {
                    throw new SQLException("refused: " + step.sql() + ": " + answer.told());
                }
            }
        } finally {
            for (Talk talk : talks.values()) {
                talk.close();
            }
        }
        return new Run(heard);
    }
}
