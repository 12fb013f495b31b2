package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.wire.mysql.Vector.Said;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded session passes the engine unchanged, wherever the stream is split. */
final class RecordedSessionsTest {

    /** What the gateway answers by itself, or puts in another form: the server gets something else, or nothing. */
    private static final Pattern ANSWERED_HERE =
            Pattern.compile("raw(-new)?-(a-value-sent-ahead.*|prepared-without-types|a-command-that-is-none"
                    + "|idle-for-too-long|somebody-else)|jdbc-mariadb-bulk");

    /** Values sent ahead wait for their execution, and a number that is no statement's gets another one. */
    private static final Pattern SENT_OTHERWISE = Pattern.compile(
            "raw(-new)?-(values-sent-ahead|numbers-that-stand.*|prepared|prepared-every-kind.*|prepared-what-cannot-be|two-cursors|a-connection-as-new)|jdbc-.*-prepared");

    private static final int MOST_SPLITS = 40;

    /** A recorded session behind its login. */
    record Recording(Vector vector, List<Said> turns) {

        boolean isSentOtherwise() {
            return SENT_OTHERWISE.matcher(scenario(vector)).matches();
        }

        @Override
        public String toString() {
            return vector.name();
        }
    }

    private static String scenario(Vector vector) {
        return vector.name().substring(vector.name().indexOf('/') + 1);
    }

    static Stream<Recording> recordings() {
        return Vector.all().stream()
                .filter(vector -> !ANSWERED_HERE.matcher(scenario(vector)).matches())
                .map(RecordedSessionsTest::recording)
                .filter(recording -> !recording.turns().isEmpty());
    }

    /** What each side said until the other spoke; an answer is a turn of its own, even where commands came at once. */
    private static Recording recording(Vector vector) {
        List<Said> turns = new ArrayList<>();
        for (Said said : vector.served()) {
            int last = turns.size() - 1;
            boolean answer = !said.fromClient() && said.number() == 1;
            if (last >= 0 && turns.get(last).fromClient() == said.fromClient() && !answer) {
                turns.set(last, new Said(said.fromClient(), join(turns.get(last).bytes(), said.bytes())));
            } else {
                turns.add(said);
            }
        }
        return new Recording(vector, turns);
    }

    private static Stage serving(Recording recording) {
        Stage stage = new Stage();
        Vector vector = recording.vector();
        stage.serve(vector.handshake().serverVersion(), vector.response(), vector.agreed());
        return stage;
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
        Stage stage = serving(recording);
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
        if (!recording.isSentOtherwise()) {
            assertThat(stage.toServer.toByteArray()).isEqualTo(all(recording, true));
        }
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
        Stage stage = serving(recording);
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

    /** A bit flipped, the end cut off, or a length that lies: the session passes or ends, and keeps nothing. */
    @ParameterizedTest
    @MethodSource("recordings")
    void aDamagedSessionEndsCleanlyOrPasses(Recording recording) {
        Random random = new Random(recording.toString().hashCode());
        for (int round = 0; round < 12; round++) {
            UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
            Stage stage = new Stage(memory);
            Vector vector = recording.vector();
            stage.serve(vector.handshake().serverVersion(), vector.response(), vector.agreed());
            for (Said said : recording.turns()) {
                byte[] bytes = damaged(said.bytes(), random);
                say(stage, new Said(said.fromClient(), bytes), 0, bytes.length);
            }
            String told = stage.toClient.toString(StandardCharsets.ISO_8859_1);
            assertThat(told).doesNotContain("internal error of the gateway");
            stage.session.close("the test is over");
            stage.run();
            assertThat(memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory())
                    .isZero();
        }
    }

    private static byte[] damaged(byte[] said, Random random) {
        byte[] bytes = said.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 1 -> bytes[random.nextInt(3)] = (byte) random.nextInt(256);
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            default -> {
                // It stays as it is.
            }
        }
        return bytes;
    }

    /** What no file should hold: a text and a row of more than 16 MiB, each in two packets; the text is too long to be kept. */
    @Test
    void payloadsOfMoreThanSixteenMebibytesAreReadAtEveryCut() {
        byte[] text = new byte[Packet.MAX_PAYLOAD + 100];
        Arrays.fill(text, (byte) 'x');
        text[0] = Commands.QUERY;
        byte[] row = new byte[Packet.MAX_PAYLOAD + 70_000];
        Arrays.fill(row, (byte) 'y');
        row[0] = (byte) 0xfe;
        byte[] tooLong = packets(text, 0);
        byte[] query = {2, 0, 0, 0, Commands.QUERY, 'x'};
        byte[] answer = join(
                join(new byte[] {1, 0, 0, 1, 1, 1, 0, 0, 2, 'd', 5, 0, 0, 3, (byte) 0xfe, 0, 0, 2, 0}, packets(row, 4)),
                new byte[] {5, 0, 0, 6, (byte) 0xfe, 0, 0, 2, 0});
        int boundary = Packet.HEADER + Packet.MAX_PAYLOAD;
        for (int cut : new int[] {1, 5, 20, boundary, boundary + 2, boundary + 23, boundary + 30}) {
            Stage stage = serving(recording(Vector.named("mysql-9.7/raw-rows")));
            cut(stage, new Said(true, tooLong), cut);
            assertThat(stage.toServer.size()).isZero();
            byte[] refused = stage.toClient.toByteArray();
            assertThat(Arrays.copyOfRange(refused, 3, 7))
                    .as("number, tag and code 1153, cut at %s", cut)
                    .containsExactly(2, 0xff, 0x81, 0x04);
            stage.toClient.reset();
            cut(stage, new Said(true, query), Math.min(cut, 4));
            cut(stage, new Said(false, answer), cut);
            assertThat(stage.toServer.toByteArray()).isEqualTo(query);
            assertThat(Arrays.equals(stage.toClient.toByteArray(), answer))
                    .as("the row cut at %s", cut)
                    .isTrue();
            assertThat(stage.closed).isFalse();
            stage.session.close("the test is over");
        }
    }

    private static void cut(Stage stage, Said said, int at) {
        say(stage, said, 0, at);
        say(stage, said, at, said.bytes().length - at);
    }

    private static byte[] packets(byte[] payload, int number) {
        ByteBuf out = Unpooled.buffer(payload.length + 2 * Packet.HEADER);
        out.writeMediumLE(Packet.MAX_PAYLOAD).writeByte(number).writeBytes(payload, 0, Packet.MAX_PAYLOAD);
        int rest = payload.length - Packet.MAX_PAYLOAD;
        out.writeMediumLE(rest).writeByte(number + 1).writeBytes(payload, Packet.MAX_PAYLOAD, rest);
        return ByteBufUtil.getBytes(out);
    }

    @Test
    void everyAnswerIsRecorded() {
        Recording recording = recording(Vector.named("mysql-9.7/raw-several-statements"));
        Stage stage = play(recording, -1, 0);
        assertThat(stage.events.stream().filter(Event.Answered.class::isInstance))
                .isNotEmpty();
        stage.session.close("the test is over");
    }

    @Test
    void aClientThatIsGoneEndsTheSession() {
        Recording recording = recording(Vector.named("mysql-9.7/raw-rows"));
        Stage stage = play(recording, -1, 0);
        assertThat(stage.submitted).isNotEmpty();
        stage.session.clientGone();
        assertThat(stage.closed).isTrue();
    }
}
