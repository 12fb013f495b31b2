package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.mysql.Vector.Said;
import dev.gatehouse.wire.mysql.message.ChangeUser;
import dev.gatehouse.wire.mysql.message.Commands;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who logs in again may say a password; the journal has zeros in its place, wherever the stream is split. */
final class JournaledTest {

    static Stream<Vector> vectors() {
        return Stream.of("mariadb-11.4", "mysql-9.7").map(server -> Vector.named(server + "/raw-somebody-else"));
    }

    /** What the client says behind its login, but for its proof, which no command holds. */
    private static byte[] commands(Vector vector, boolean blanked) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Said said : vector.served()) {
            if (said.fromClient() && said.number() == 0) {
                byte[] packet = said.bytes().clone();
                if (blanked && packet[Packet.HEADER] == Commands.CHANGE_USER) {
                    Arrays.fill(packet, Packet.HEADER + 1, packet.length, (byte) 0);
                }
                bytes.writeBytes(packet);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] recorded(boolean file, byte[] said, int first, int second) {
        Stage stage = new Stage();
        Journaled journaled = new Journaled(stage.session);
        ByteBuf bytes = Unpooled.wrappedBuffer(said);
        journaled.record(bytes.slice(0, first), file);
        journaled.record(bytes.slice(first, second - first), file);
        journaled.record(bytes.slice(second, said.length - second), file);
        assertThat(ByteBufUtil.getBytes(bytes))
                .as("what goes on is not touched")
                .isEqualTo(said);
        return stage.recordedFromClient.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void noByteOfALoginIsKeptAtAnyTwoSplits(Vector vector) {
        byte[] said = commands(vector, false);
        byte[] kept = commands(vector, true);
        assertThat(said).isNotEqualTo(kept);
        for (int first = 0; first <= said.length; first++) {
            for (int second = first; second <= said.length; second++) {
                assertThat(recorded(false, said, first, second)).isEqualTo(kept);
            }
        }
    }

    @Test
    void aLoginOfSeveralPacketsIsBlankToItsEnd() {
        byte[] said = new byte[2 * Packet.HEADER + Packet.MAX_PAYLOAD + 30];
        Arrays.fill(said, (byte) 'p');
        System.arraycopy(new byte[] {-1, -1, -1, 0, Commands.CHANGE_USER}, 0, said, 0, 5);
        System.arraycopy(new byte[] {30, 0, 0, 1}, 0, said, Packet.HEADER + Packet.MAX_PAYLOAD, 4);
        byte[] kept = recorded(false, said, 3, Packet.HEADER + Packet.MAX_PAYLOAD + 2);
        byte[] blank = new byte[said.length];
        System.arraycopy(said, 0, blank, 0, 5);
        System.arraycopy(new byte[] {30, 0, 0, 1}, 0, blank, Packet.HEADER + Packet.MAX_PAYLOAD, 4);
        assertThat(Arrays.equals(kept, blank)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aFileIsKeptWhateverItBeginsWith(Vector vector) {
        byte[] said = commands(vector, false);
        for (int cut = 0; cut <= said.length; cut++) {
            assertThat(recorded(true, said, cut, said.length)).isEqualTo(said);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aLoginRightBehindAFileIsBlank(Vector vector) {
        byte[] said = commands(vector, false);
        byte[] kept = commands(vector, true);
        byte[] file = {3, 0, 0, 2, 'a', 'b', 'c', 0, 0, 0, 3};
        byte[] both = Arrays.copyOf(file, file.length + said.length);
        System.arraycopy(said, 0, both, file.length, said.length);
        byte[] blanked = Arrays.copyOf(file, both.length);
        System.arraycopy(kept, 0, blanked, file.length, kept.length);
        assertThat(recorded(true, both, 0, both.length)).isEqualTo(blanked);
    }

    @Test
    void aFileThatIsSentBeforeItIsAskedForIsAViolation() {
        Stage stage = new Stage();
        Journaled journaled = new Journaled(stage.session);
        journaled.record(Unpooled.wrappedBuffer(new byte[] {2, 0, 0, 0, Commands.CHANGE_USER, 'x'}), false);
        assertThatThrownBy(journaled::fileComes).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatIsReadOfALoginWritesTheSameBytes(Vector vector) {
        Said said = vector.served().stream()
                .filter(one -> one.fromClient() && one.bytes()[Packet.HEADER] == Commands.CHANGE_USER)
                .findFirst()
                .orElseThrow();
        ChangeUser read = ChangeUser.read(said.body(), vector.agreed());
        assertThat(read.user()).isEqualTo("admin");
        assertThat(read.database()).isEqualTo("mysql");
        ByteBuf out = Unpooled.buffer();
        read.write(out, 0, vector.agreed());
        assertThat(ByteBufUtil.getBytes(out)).isEqualTo(said.bytes());
    }
}
