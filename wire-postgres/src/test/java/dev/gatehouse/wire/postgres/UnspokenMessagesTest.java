package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.postgres.message.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway does not speak ends the session, and goes no further. */
final class UnspokenMessagesTest {

    private static Stage serving() {
        Stage stage = new Stage();
        stage.serve(Map.of("client_encoding", "UTF8", "standard_conforming_strings", "on"));
        return stage;
    }

    private static byte[] bytes(ByteBuf message) {
        return ByteBufUtil.getBytes(message);
    }

    private static String told(Stage stage) {
        return stage.toClient.toString(StandardCharsets.UTF_8);
    }

    /** Kerberos 5, which servers have not asked for since PostgreSQL 9.4, GSSAPI, SSPI, and one that there is not yet. */
    @ParameterizedTest
    @ValueSource(ints = {2, 7, 9, 13})
    void aServerThatAsksForAnotherProofIsNotGivenAny(int kind) {
        Rehearsal stage = Rehearsal.serverLogin(false);
        stage.toServer.reset();
        byte[] asked = bytes(Unpooled.buffer().writeByte('R').writeInt(8).writeInt(kind));
        stage.fromServer(asked, 0, asked.length);
        assertThat(stage.toServer.toByteArray()).isEmpty();
        assertThat(told(stage)).contains("FATAL", "08P01");
        assertThat(stage.closed).isTrue();
        stage.session.close("the test is over");
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "\ud83d\ude00"})
    void aNameThatServersTellApartByTheirEncodingEndsTheSession(String letter) {
        Stage stage = serving();
        String name = letter.repeat(64 / letter.getBytes(StandardCharsets.UTF_8).length);
        ByteBuf parse = Unpooled.buffer();
        int start = Frame.begin(parse, 'P');
        Frame.string(parse, name);
        Frame.string(parse, "select 1");
        parse.writeShort(0);
        Frame.end(parse, start);
        byte[] said = bytes(parse);
        stage.fromClient(said, 0, said.length);
        assertThat(told(stage)).contains("FATAL", "08P01", "a name beyond ASCII");
        assertThat(stage.toServer.toString(StandardCharsets.UTF_8)).doesNotContain("select 1");
        assertThat(stage.closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"P", "B", "D", "E", "C"})
    void aNameInNoEncodingThatIsKnownEndsTheSession(char tag) {
        Stage stage = serving();
        ByteBuf message = Unpooled.buffer();
        int start = Frame.begin(message, tag);
        if (tag == 'D' || tag == 'C') {
            message.writeByte('S');
        }
        message.writeByte(0xe9).writeByte(0).writeZero(9);
        Frame.end(message, start);
        byte[] said = bytes(message);
        stage.fromClient(said, 0, said.length);
        assertThat(told(stage)).contains("FATAL", "08P01", "a name that is neither ASCII nor UTF-8");
        assertThat(stage.closed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1", "copy orders from stdin"})
    void replicationDoesNotBeginInTheMiddleOfASession(String sql) {
        Stage stage = serving();
        byte[] query = (sql + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] said = bytes(
                Unpooled.buffer().writeByte('Q').writeInt(4 + query.length).writeBytes(query));
        stage.fromClient(said, 0, said.length);
        byte[] both = {'W', 0, 0, 0, 7, 0, 0, 0};
        stage.fromServer(both, 0, both.length);
        assertThat(told(stage)).contains("FATAL", "08P01").doesNotContain("W\0\0\0\7");
        assertThat(stage.closed).isTrue();
    }
}
