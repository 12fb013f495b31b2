package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.MaskPlan;
import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.wire.mysql.Vector.Said;
import dev.gatehouse.wire.mysql.message.Packet;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server that ends a connection by itself, whatever it or its client is at: the client hears it, and the session ends. */
final class InterruptedSessionsTest {

    private static final Vector IDLE = Vector.named("mysql-9.7/raw-idle-for-too-long");
    private static final byte[] LAST_WORD = last().bytes();

    private static Said last() {
        return IDLE.served().get(IDLE.served().size() - 1);
    }

    private static Stage serving(Vector vector) {
        Stage stage = new Stage();
        stage.serve(vector.handshake().serverVersion(), vector.response(), vector.agreed());
        return stage;
    }

    private static void say(Stage stage, Said said) {
        if (said.fromClient()) {
            stage.fromClient(said.bytes(), 0, said.bytes().length);
        } else {
            stage.fromServer(said.bytes(), 0, said.bytes().length);
        }
    }

    private static void speakLast(Stage stage, int cut) {
        stage.fromServer(LAST_WORD, 0, cut);
        stage.fromServer(LAST_WORD, cut, LAST_WORD.length - cut);
    }

    /** The server's last word, with the number that is its turn. */
    private static byte[] numbered(int number) {
        byte[] packet = LAST_WORD.clone();
        packet[3] = (byte) number;
        return packet;
    }

    @Test
    void whoIsAtNothingHearsItAsItWasSaidAtEverySplit() {
        assertThat(last().number()).isZero();
        for (int cut = 0; cut < LAST_WORD.length; cut++) {
            Stage stage = serving(IDLE);
            IDLE.served().subList(0, IDLE.served().size() - 1).forEach(said -> say(stage, said));
            stage.toClient.reset();
            speakLast(stage, cut);
            assertThat(stage.toClient.toByteArray()).isEqualTo(LAST_WORD);
            assertThat(stage.closed).isTrue();
        }
    }

    /** The number of the last packet that the client was sent before; columns that are looked at wait for the last of them. */
    private static int numberOfLast(Stage stage, int end) {
        byte[] sent = stage.toClient.toByteArray();
        int number = 0;
        for (int at = 0; at < end; at += Packet.HEADER + length(sent, at)) {
            number = sent[at + Packet.HEADER - 1] & 0xff;
        }
        return number;
    }

    private static int length(byte[] sent, int at) {
        return (sent[at] & 0xff) | (sent[at + 1] & 0xff) << 8 | (sent[at + 2] & 0xff) << 16;
    }

    @Test
    void whoWaitsForAnAnswerHearsItAsTheNextPacket() {
        for (String scenario : List.of("rows", "prepared", "a-cursor", "procedures", "the-fields-of-a-table")) {
            List<Said> served = Vector.named("mysql-9.7/raw-" + scenario).served();
            for (int turn = 0; turn < served.size() - 1; turn++) {
                Stage stage = serving(Vector.named("mysql-9.7/raw-" + scenario));
                served.subList(0, turn + 1).forEach(said -> say(stage, said));
                boolean waits = stage.session.phase() instanceof Serving serving && serving.reply() != null;
                int said = stage.toClient.size();
                speakLast(stage, 7);
                byte[] heard = Arrays.copyOfRange(stage.toClient.toByteArray(), said, stage.toClient.size());
                Said before = served.get(turn);
                int number = 1 + (before.fromClient() ? before.number() : numberOfLast(stage, said));
                assertThat(heard).as(scenario + " behind packet " + turn).isEqualTo(numbered(waits ? number : 0));
                assertThat(stage.closed).isTrue();
            }
        }
    }

    /** A session whose first columns are masked. */
    private static Stage masked(Vector vector) {
        Stage stage = new Stage() {
            @Override
            public boolean concerns(Session concerned) {
                return true;
            }

            @Override
            public MaskPlan plan(Session planned, Optional<List<Output>> byText, List<ResultColumn> byServer) {
                List<@Nullable Mask> masks = new ArrayList<>(Collections.nCopies(byServer.size(), null));
                masks.set(0, Withheld.INSTANCE);
                return MaskPlan.of(masks);
            }
        };
        stage.serve(vector.handshake().serverVersion(), vector.response(), vector.agreed());
        return stage;
    }

    @Test
    void rowsThatWereRewrittenComeBeforeTheLastWord() {
        Vector rows = Vector.named("mysql-9.7/raw-rows");
        for (int turn = 1; turn < rows.served().size(); turn++) {
            int from = turn;
            while (from > 0 && !rows.served().get(from - 1).fromClient()) {
                from--;
            }
            List<Said> before = rows.served().subList(0, from);
            List<Said> answer = rows.served().subList(from, turn);
            Stage apart = masked(rows);
            before.forEach(said -> say(apart, said));
            answer.forEach(said -> say(apart, said));
            speakLast(apart, 1);
            Stage atOnce = masked(rows);
            before.forEach(said -> say(atOnce, said));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            answer.forEach(said -> all.writeBytes(said.bytes()));
            all.writeBytes(LAST_WORD);
            atOnce.fromServer(all.toByteArray(), 0, all.size());
            assertThat(atOnce.toClient.toByteArray())
                    .as("before packet " + turn)
                    .isEqualTo(apart.toClient.toByteArray());
        }
    }

    @Test
    void whatWasUnderWayHasFailedInTheJournal() {
        Stage stage = serving(IDLE);
        say(stage, IDLE.served().get(0));
        speakLast(stage, 1);
        List<Event> answers = new ArrayList<>(stage.events);
        answers.removeIf(event -> !(event instanceof Event.Answered));
        assertThat(answers).hasSize(1);
        assertThat(((Event.Answered) answers.get(0)).failed()).isTrue();
        assertThat(((Event.Answered) answers.get(0)).result()).startsWith("4031 HY000 ");
    }

    @Test
    void whoseCommandWaitsForAQuestionOfTheGatewaysOwnHearsItAsItsAnswer() {
        Stage stage = serving(IDLE);
        say(stage, IDLE.served().get(0));
        say(stage, IDLE.served().get(1));
        stage.answersQuestions = false;
        stage.session.guard(() -> ((Serving) stage.session.phase()).variables.doubt());
        stage.toClient.reset();
        say(stage, IDLE.served().get(0));
        speakLast(stage, 3);
        assertThat(stage.toClient.toByteArray()).isEqualTo(numbered(1));
        assertThat(stage.closed).isTrue();
    }

    @Test
    void anotherNumberThanIsDueIsAViolationInAnyOtherPacket() {
        Stage stage = serving(IDLE);
        say(stage, IDLE.served().get(0));
        byte[] ok = IDLE.served().get(1).bytes().clone();
        ok[3] = 0;
        stage.fromServer(ok, 0, ok.length);
        assertThat(stage.toClient.toByteArray()[5]).isEqualTo((byte) (1156 & 0xff));
        assertThat(stage.closed).isTrue();
    }
}
