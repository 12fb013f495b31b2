package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Answer;
import dev.gatehouse.gateway.noninterference.Script;
import dev.gatehouse.gateway.noninterference.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A session with PostgreSQL, whose frames are compared; a new one where the last was ended. */
final class PgWorld implements World, AutoCloseable {

    private static final Pattern DECISION = Pattern.compile("dec_[0-9A-Z]+");

    /** How a session is opened. */
    interface Opening {
        Connection open() throws SQLException;
    }

    private final Opening opening;
    private @Nullable Connection connection;

    PgWorld(Opening opening) {
        this.opening = opening;
    }

    @Override
    public List<Answer> answer(Script script) throws Exception {
        Connection open = connection;
        if (open == null) {
            open = opening.open();
            connection = open;
        }
        RawFrames raw = new RawFrames(open);
        FrameNames names = new FrameNames();
        List<Answer> answers = new ArrayList<>();
        for (String statement : script.statements()) {
            if (connection == null) {
                answers.add(new Answer(List.of("no session"), false, true, List.of()));
                continue;
            }
            if (script.form() == Script.Form.SIMPLE) {
                raw.query(statement);
            } else {
                raw.parse("", statement)
                        .bind("", "", script.form() == Script.Form.BINARY ? 1 : 0, List.of())
                        .describe('P', "")
                        .execute("", 0);
            }
            try {
                answers.add(answer(raw.frames(), names));
            } catch (IOException e) {
                close();
                answers.add(new Answer(List.of("ended: " + e.getMessage()), false, true, List.of()));
            }
        }
        return answers;
    }

    @Override
    public List<String> plan(String statement) throws Exception {
        return answer(Script.of("explain (costs off) " + statement)).get(0).told();
    }

    private static Answer answer(List<RawFrames.Answered> frames, FrameNames names) {
        List<String> told = new ArrayList<>();
        List<List<String>> columns = new ArrayList<>();
        boolean refused = false;
        boolean failed = false;
        for (RawFrames.Answered frame : frames) {
            String described = names.describe(frame.tag(), ByteBuffer.wrap(frame.body()));
            // Each decision has a number of its own, made of the time.
            told.add(DECISION.matcher(described).replaceAll("dec"));
            if (frame.tag() == 'D') {
                values(ByteBuffer.wrap(frame.body()), columns);
            }
            failed |= frame.tag() == 'E';
            refused |= frame.tag() == 'E' && new String(frame.body(), StandardCharsets.UTF_8).contains("Rgatehouse_");
        }
        return new Answer(told, refused, failed, columns);
    }

    private static void values(ByteBuffer row, List<List<String>> columns) {
        int count = row.getShort();
        for (int i = 0; i < count; i++) {
            if (columns.size() == i) {
                columns.add(new ArrayList<>());
            }
            int length = row.getInt();
            byte[] value = new byte[Math.max(length, 0)];
            row.get(value);
            columns.get(i).add(length < 0 ? "NULL" : "'" + new String(value, StandardCharsets.ISO_8859_1) + "'");
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
