package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.mysql.Vector.Said;
import dev.gatehouse.wire.mysql.message.Capabilities;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Err;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.prepared.PrepareOk;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server announces of a statement that it has prepared is over with its last definition, and not before. */
final class AnnouncedTest {

    /**
     * The answer to a COM_STMT_PREPARE.
     *
     * @param packets its packets
     */
    record Answer(Vector vector, List<Said> packets) {

        @Override
        public String toString() {
            return vector + " of " + packets.size();
        }
    }

    /** Every answer in every recording whose commands wait for each other. */
    static Stream<Answer> answers() {
        return Vector.all().stream().flatMap(vector -> answers(vector).stream());
    }

    private static List<Answer> answers(Vector vector) {
        List<Answer> answers = new ArrayList<>();
        List<Said> said = vector.served();
        for (int at = 0; at + 1 < said.size(); at++) {
            Said command = said.get(at);
            boolean prepares = command.fromClient()
                    && command.bytes().length > Packet.HEADER
                    && command.bytes()[Packet.HEADER] == Commands.STMT_PREPARE;
            boolean alone = (at == 0 || !said.get(at - 1).fromClient())
                    && !said.get(at + 1).fromClient();
            if (!prepares || !alone || command.number() != 0) {
                continue;
            }
            int end = at + 1;
            while (end < said.size()
                    && !said.get(end).fromClient()
                    && said.get(end).number() == end - at) {
                end++;
            }
            if (said.get(at + 1).body().peek() != Err.TAG) {
                answers.add(new Answer(vector, said.subList(at + 1, end)));
            }
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void itIsOverWithItsLastPacket(Answer answer) {
        boolean deprecatesEof = Capabilities.has(answer.vector().agreed(), Capabilities.DEPRECATE_EOF);
        PrepareOk ok = PrepareOk.read(answer.packets().get(0).body());
        Announced announced = new Announced(ok, deprecatesEof);
        for (int i = 0; i < answer.packets().size(); i++) {
            assertThat(announced.isOver()).as("before packet " + i).isFalse();
            assertThat(announced.next()).isEqualTo(Packets.Verdict.PASS);
        }
        assertThat(announced.isOver()).isTrue();
    }
}
