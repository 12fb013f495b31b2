package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.mysql.Vector.Said;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway answers by itself: the server gets nothing of it, or what cannot succeed, and the session goes on. */
final class AnsweredHereTest {

    private static final String MYSQL = "mysql-9.7/raw-";

    private final Stage stage = new Stage();

    @AfterEach
    void leave() {
        assertThat(stage.closed).isFalse();
        stage.session.close("the test is over");
    }

    /** Puts the session behind a recorded login; answers what was said behind it. */
    private List<Said> serve(String name) {
        Vector vector = Vector.named(name);
        stage.serve(vector.handshake().serverVersion(), vector.response(), vector.agreed());
        return vector.served();
    }

    private void fromClient(byte... packet) {
        stage.fromClient(packet, 0, packet.length);
    }

    private void say(Said said) {
        if (said.fromClient()) {
            stage.fromClient(said.bytes(), 0, said.bytes().length);
        } else {
            stage.fromServer(said.bytes(), 0, said.bytes().length);
        }
    }

    private String toServer() {
        return stage.toServer.toString(StandardCharsets.ISO_8859_1);
    }

    private String toClient() {
        return stage.toClient.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(bytes = {5, 6, 7, 8, 10, 13, 18, 19, 21, 30, 32, 33})
    void aCommandThatHidesOrBypassesSqlGoesNoFurther(byte command) {
        serve(MYSQL + "rows");

        fromClient((byte) 1, (byte) 0, (byte) 0, (byte) 0, command);

        assertThat(toServer()).isEmpty();
        assertThat(stage.toClient.toByteArray()[4]).isEqualTo((byte) 0xff);
    }

    @Test
    void aCommandThatIsNoneIsUnknownAsToAServer() {
        List<Said> said = serve(MYSQL + "a-command-that-is-none");

        stage.fromClient(said.get(2).bytes(), 0, said.get(2).bytes().length);

        assertThat(toServer()).isEmpty();
        assertThat(stage.toClient.toByteArray()).isEqualTo(said.get(3).bytes());
    }

    @Test
    void manyExecutionsInOneCommandAreRefusedAtEverySplit() {
        List<Said> said = serve("mariadb-11.4/jdbc-mariadb-bulk");
        int at = 0;
        while (said.get(at).bytes()[4] != (byte) 0xfa) {
            say(said.get(at++));
        }
        // It was sent together with the command before it, whose answer are these three packets.
        said.subList(at + 1, at + 4).forEach(this::say);
        byte[] bulk = said.get(at).bytes();
        for (int cut = 0; cut < bulk.length; cut++) {
            stage.toServer.reset();
            stage.toClient.reset();
            stage.fromClient(bulk, 0, cut);
            stage.fromClient(bulk, cut, bulk.length - cut);
            assertThat(toServer()).isEmpty();
            assertThat(toClient()).matches("(?s)...\\x01\\xff\\xcb\\x04#42000.*");
        }
    }

    @Test
    void valuesWithoutTypesAreWrongArgumentsAsToAServer() {
        List<Said> said = serve(MYSQL + "prepared-without-types");

        stage.fromClient(said.get(0).bytes(), 0, said.get(0).bytes().length);
        int at = 1;
        while (!said.get(at).fromClient()) {
            stage.fromServer(said.get(at).bytes(), 0, said.get(at).bytes().length);
            at++;
        }
        stage.toServer.reset();
        stage.toClient.reset();
        stage.fromClient(said.get(at).bytes(), 0, said.get(at).bytes().length);

        assertThat(toServer()).isEmpty();
        assertThat(toClient()).endsWith("#HY000Incorrect arguments to mysqld_stmt_execute");
        assertThat(stage.toClient.toByteArray()).isEqualTo(said.get(at + 1).bytes());
    }

    @Test
    void aStatementNobodyPreparedHereIsUnknownToTheServerByANumberThatIsNone() {
        List<Said> said = serve(MYSQL + "numbers-that-stand-for-nothing");
        byte[] execution = said.get(0).bytes();

        stage.fromClient(execution, 0, execution.length);

        byte[] sent = stage.toServer.toByteArray();
        assertThat(sent).startsWith(10, 0, 0, 0, 0x17, 0xfe, 0xff, 0xff, 0xff);
        byte[] error = new String(said.get(1).bytes(), StandardCharsets.ISO_8859_1)
                .replace("(7)", "(4294967294)")
                .getBytes(StandardCharsets.ISO_8859_1);
        error[0] = (byte) (error.length - 4);
        stage.fromServer(error, 0, error.length);
        assertThat(stage.toClient.toByteArray()).isEqualTo(said.get(1).bytes());
        assertThat(stage.submitted).isEmpty();
    }

    @Test
    void whatWasSentAheadIsPartOfTheExecutionAndSentWithIt() {
        List<Said> said = serve(MYSQL + "values-sent-ahead");
        int at = 0;
        while (said.get(at).fromClient() == (at == 0)) {
            if (at == 0) {
                stage.fromClient(said.get(0).bytes(), 0, said.get(0).bytes().length);
            } else {
                stage.fromServer(said.get(at).bytes(), 0, said.get(at).bytes().length);
            }
            at++;
        }
        stage.toServer.reset();
        stage.fromClient(said.get(at).bytes(), 0, said.get(at).bytes().length);
        stage.fromClient(said.get(at + 1).bytes(), 0, said.get(at + 1).bytes().length);
        assertThat(toServer()).isEmpty();

        stage.fromClient(said.get(at + 2).bytes(), 0, said.get(at + 2).bytes().length);

        assertThat(toServer()).contains("first second").endsWith("\1x");
    }
}
