package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Answer;
import dev.gatehouse.gateway.noninterference.Script;
import dev.gatehouse.gateway.noninterference.World;
import dev.gatehouse.wire.mysql.message.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A session with MySQL or MariaDB, whose packets are compared; a new one where the last was ended. */
final class MySqlWorld implements World, AutoCloseable {

    private static final Pattern DECISION = Pattern.compile("dec_[0-9A-Z]+");

    /**
     * Rows come in the order of a key only where one is asked for, and no two of them are equal: any other order follows the
     * index the server picks.
     */
    private static final Pattern ORDERED = Pattern.compile(
            "(?!.*(join |\\bdeep\\b|;)).*order by (\\w+\\.)?id( desc)?( limit [\\w ,]+)?", Pattern.DOTALL);

    /** What tells of the plan, which follows how many rows there seem to be, and of the time it took. */
    private static final int PLAN_FLAGS = Status.NO_GOOD_INDEX_USED | Status.NO_INDEX_USED | Status.QUERY_WAS_SLOW;

    private static final int EOF = 0xfe;
    private static final int EOF_LENGTH = 5;

    /** How a session is opened. */
    interface Opening {
        MySqlTalk open() throws Exception;
    }

    private final Opening opening;
    private @Nullable MySqlTalk talk;

    MySqlWorld(Opening opening) {
        this.opening = opening;
    }

    @Override
    public List<Answer> answer(Script script) throws Exception {
        MySqlTalk open = talk;
        if (open == null) {
            open = opening.open();
            // So that the same moment is written into the rows of both worlds.
            open.say("set timestamp = 1780000000", false);
            talk = open;
        }
        List<Answer> answers = new ArrayList<>();
        for (String statement : script.statements()) {
            if (talk == null) {
                answers.add(new Answer(List.of("no session"), false, true, List.of()));
                continue;
            }
            try {
                answers.add(answer(open, statement, script.form()));
            } catch (IOException e) {
                close();
                answers.add(new Answer(List.of("ended: " + e.getMessage()), false, true, List.of()));
            }
        }
        return answers;
    }

    private static Answer answer(MySqlTalk talk, String statement, Script.Form form) throws IOException {
        if (form != Script.Form.PREPARED) {
            Twins.Heard heard = talk.say(statement, form == Script.Form.BINARY);
            return answer(
                    talk.packets(),
                    heard.refused(),
                    heard.failed(),
                    ORDERED.matcher(statement).matches());
        }
        String quoted = statement.replace("\\", "\\\\").replace("'", "''");
        Twins.Heard prepared = talk.say("prepare said from '" + quoted + "'", false);
        List<MySqlTalk.Packet> packets = new ArrayList<>(talk.packets());
        boolean refused = prepared.refused();
        boolean failed = prepared.failed();
        if (!failed) {
            Twins.Heard executed = talk.say("execute said", false);
            packets.addAll(talk.packets());
            refused = executed.refused();
            failed = executed.failed();
        }
        return answer(packets, refused, failed, ORDERED.matcher(statement).matches());
    }

    private static Answer answer(List<MySqlTalk.Packet> packets, boolean refused, boolean failed, boolean ordered) {
        List<String> told = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        List<List<String>> columns = new ArrayList<>();
        for (MySqlTalk.Packet packet : packets) {
            // Each decision has a number of its own, made of the time.
            String text = withoutPlan(DECISION.matcher(packet.told()).replaceAll("dec"));
            if (packet.sort() == MySqlTalk.Sort.OTHER) {
                Collections.sort(rows);
                told.addAll(rows);
                rows.clear();
            }
            (ordered || packet.sort() == MySqlTalk.Sort.OTHER ? told : rows).add(text);
            if (packet.sort() == MySqlTalk.Sort.TEXT_ROW) {
                values(packet.values(), columns);
            }
        }
        if (!ordered) {
            columns.forEach(Collections::sort);
        }
        return new Answer(told, refused, failed, columns);
    }

    private static String withoutPlan(String packet) {
        return packet.length() == EOF_LENGTH && packet.charAt(0) == EOF
                ? packet.substring(0, 3)
                        + (char) (packet.charAt(3) & ~PLAN_FLAGS)
                        + (char) (packet.charAt(4) & ~(PLAN_FLAGS >> Byte.SIZE))
                : packet;
    }

    private static void values(List<String> row, List<List<String>> columns) {
        for (int i = 0; i < row.size(); i++) {
            if (columns.size() == i) {
                columns.add(new ArrayList<>());
            }
            columns.get(i).add(row.get(i));
        }
    }

    @Override
    public void close() {
        MySqlTalk open = talk;
        talk = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
