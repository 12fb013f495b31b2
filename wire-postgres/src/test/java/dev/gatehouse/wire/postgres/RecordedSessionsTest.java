package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.wire.postgres.Vector.Said;
import dev.gatehouse.wire.postgres.message.Body;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded session passes the engine unchanged, wherever the stream is split. */
final class RecordedSessionsTest {

    /** What the gateway answers by itself, because the server's own answer could run what nobody ruled on. */
    private static final Set<String> ANSWERED_HERE = Set.of("unknown-statement", "terminated");

    private static final int MOST_SPLITS = 150;

    /** A recorded session from its first ReadyForQuery on. */
    record Recording(String name, Map<String, String> reported, List<Said> turns) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Recording> recordings() {
        return Vector.all().stream()
                .filter(vector -> !ANSWERED_HERE.contains(
                        vector.name().substring(vector.name().indexOf('/') + 1)))
                .map(RecordedSessionsTest::recording)
                .filter(recording -> !recording.turns().isEmpty());
    }

    private static Recording recording(Vector vector) {
        Map<String, String> reported = new HashMap<>();
        List<Said> turns = new ArrayList<>();
        boolean serving = false;
        for (Said said : vector.said()) {
            if (serving) {
                int last = turns.size() - 1;
                if (last >= 0 && turns.get(last).fromClient() == said.fromClient()) {
                    turns.set(
                            last,
                            new Said(said.fromClient(), join(turns.get(last).bytes(), said.bytes())));
                } else {
                    turns.add(said);
                }
            } else if (!said.fromClient() && said.tag() == 'S' && said.bytes().length > 6) {
                Body body = new Body(Unpooled.wrappedBuffer(said.bytes()), 5, said.bytes().length);
                reported.put(body.string(), body.string());
            }
            serving |= !said.fromClient() && said.tag() == 'Z';
        }
        return new Recording(vector.name(), reported, turns);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static byte[] all(Recording recording, boolean fromClient) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        recording.turns().stream()
                .filter(said -> said.fromClient() == fromClient)
                .forEach(said -> all.writeBytes(said.bytes()));
        return all.toByteArray();
    }

    /** Plays a session, with one turn cut in two. */
    private static Stage play(Recording recording, int cutTurn, int cutAt) {
        Stage stage = new Stage();
        stage.serve(recording.reported());
        for (int i = 0; i < recording.turns().size(); i++) {
            Said said = recording.turns().get(i);
            int cut = i == cutTurn ? cutAt : said.bytes().length;
            say(stage, said, 0, cut);
            say(stage, said, cut, said.bytes().length - cut);
        }
        return stage;
    }

    private static void say(Stage stage, Said said, int from, int length) {
        if (length == 0) {
            return;
        }
        if (said.fromClient()) {
            stage.fromClient(said.bytes(), from, length);
        } else {
            stage.fromServer(said.bytes(), from, length);
        }
    }

    private static void assertUnchanged(Recording recording, Stage stage) {
        assertThat(stage.toServer.toByteArray()).isEqualTo(all(recording, true));
        assertThat(stage.toClient.toByteArray()).isEqualTo(all(recording, false));
        assertThat(stage.recordedToClient.toByteArray()).isEqualTo(all(recording, false));
        assertThat(stage.recordedFromClient.toByteArray()).isEqualTo(all(recording, true));
        assertThat(stage.closed).isFalse();
        stage.session.close("the test is over");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aSessionPassesUnchangedAtEverySplit(Recording recording) {
        int total = all(recording, true).length + all(recording, false).length;
        int step = Math.max(1, total / MOST_SPLITS);
        for (int turn = 0; turn < recording.turns().size(); turn++) {
            int length = recording.turns().get(turn).bytes().length;
            for (int cut = 1; cut < length; cut += step) {
                assertUnchanged(recording, play(recording, turn, cut));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aSessionPassesUnchangedByteByByte(Recording recording) {
        Stage stage = new Stage();
        stage.serve(recording.reported());
        for (Said said : recording.turns()) {
            if (said.bytes().length > 20_000) {
                say(stage, said, 0, said.bytes().length);
                continue;
            }
            for (int i = 0; i < said.bytes().length; i++) {
                say(stage, said, i, 1);
            }
        }
        assertUnchanged(recording, stage);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aDamagedSessionEndsCleanlyOrPasses(Recording recording) {
        Random random = new Random(recording.name().hashCode());
        for (int round = 0; round < 20; round++) {
            Stage stage = new Stage();
            stage.serve(recording.reported());
            for (Said said : recording.turns()) {
                byte[] bytes = said.bytes().clone();
                if (random.nextInt(3) == 0) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                say(stage, new Said(said.fromClient(), bytes), 0, bytes.length);
            }
            String told = stage.toClient.toString(StandardCharsets.ISO_8859_1);
            assertThat(told).doesNotContain("internal error of the gateway");
            stage.session.close("the test is over");
        }
    }

    @Test
    void everyAnswerIsRecordedWithItsCommandTag() {
        Recording recording = recording(Vector.named("postgres-18/multi-statement"));
        Stage stage = play(recording, -1, 0);
        assertThat(stage.events.stream().filter(Event.Answered.class::isInstance))
                .isNotEmpty();
        stage.session.close("the test is over");
    }

    @Test
    void aTerminateIsPassedOnAndEndsNothingByItself() {
        Recording recording = recording(Vector.named("postgres-18/simple-query"));
        Stage stage = play(recording, -1, 0);
        assertThat(stage.submitted).isNotEmpty();
        stage.session.clientGone();
        assertThat(stage.closed).isTrue();
    }
}
