package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.postgres.Vector.Said;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gateway answers by itself: the server gets a message that cannot succeed, the client an error that says why. */
final class AnsweredHereTest {

    private final Stage stage = new Stage();

    @AfterEach
    void leave() {
        stage.session.close("the test is over");
    }

    /** Plays a recorded session from its first ReadyForQuery on, but for what follows a message of this tag. */
    private void play(String name, char until) {
        stage.serve(Map.of("client_encoding", "UTF8", "standard_conforming_strings", "on"));
        boolean serving = false;
        List<Said> said = Vector.named(name).said();
        for (Said one : said) {
            if (serving) {
                if (one.fromClient()) {
                    stage.fromClient(one.bytes(), 0, one.bytes().length);
                } else {
                    stage.fromServer(one.bytes(), 0, one.bytes().length);
                }
                if (one.fromClient() && one.tag() == until) {
                    return;
                }
            }
            serving |= !one.fromClient() && one.tag() == 'Z';
        }
    }

    private String toServer() {
        return stage.toServer.toString(StandardCharsets.ISO_8859_1);
    }

    private String toClient() {
        return stage.toClient.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aStatementNobodyPreparedHereIsClosedThereBeforeItIsBound() {
        play("postgres-18/unknown-statement", 'X');
        assertThat(toServer()).containsSubsequence("C\0\0\0\fSnobody\0", "B\0\0\0", "nobody\0");
        assertThat(toClient()).contains("26000").contains("prepared statement \"nobody\" does not exist");
        assertThat(stage.submitted).isEmpty();
    }

    @Test
    void aLargeObjectIsWrittenUnderTheSqlThatDoesIt() {
        play("postgres-18/jdbc-function-call", 'X');
        assertThat(stage.submitted).anyMatch(sql -> sql.startsWith("SELECT pg_catalog.lo_creat("));
    }

    @Test
    void aFunctionCallByAnyOtherNumberGoesNoFurther() {
        stage.serve(Map.of("client_encoding", "UTF8", "standard_conforming_strings", "on"));
        byte[] call = {'F', 0, 0, 0, 14, 0, 0, 0, 42, 0, 0, 0, 0, 0, 1};
        stage.fromClient(call, 0, call.length);
        assertThat(toServer()).endsWith("gatehouse refused dec_1\0");
        byte[] error = recordedError("postgres-18/error");
        stage.fromServer(error, 0, error.length);
        assertThat(toClient()).contains("42501").contains("[gatehouse:blocked id=dec_1 rule=no]");
    }

    private static byte[] recordedError(String name) {
        return Vector.named(name).said().stream()
                .filter(said -> !said.fromClient() && said.tag() == 'E')
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    @Test
    void aRefusedQueryIsReplacedAndTheServersOwnErrorIsSwallowed() {
        stage.refused = "";
        play("postgres-18/error", 'Q');
        assertThat(toServer()).endsWith("gatehouse refused dec_1\0");
        byte[] error = recordedError("postgres-18/error");
        stage.fromServer(error, 0, error.length);
        assertThat(toClient()).contains("42501").doesNotContain("42P01");
    }

    /** A row of 1,000 bytes, of which no more than the beginning has come. */
    private static byte[] beginningOfARow() {
        byte[] row = new byte[400];
        row[0] = 'D';
        row[3] = 3;
        row[4] = (byte) 0xe8;
        return row;
    }

    @Test
    void noErrorIsWrittenIntoARowThatIsHalfWay() {
        play("postgres-18/error", 'Q');
        byte[] row = beginningOfARow();
        stage.fromServer(row, 0, row.length);
        int before = stage.toClient.size();
        byte[] nonsense = {'?', 0, 0, 0, 4};
        stage.fromClient(nonsense, 0, nonsense.length);
        assertThat(stage.toClient.size()).isEqualTo(before);
        assertThat(stage.closed).isTrue();
    }

    @Test
    void anErrorFollowsTheEndOfARowThatCameWithIt() {
        play("postgres-18/error", 'Q');
        byte[] row = beginningOfARow();
        stage.fromServer(row, 0, row.length);
        byte[] rest = new byte[1001 - row.length + 5];
        rest[rest.length - 5] = '?';
        rest[rest.length - 1] = 4;
        stage.toClient.reset();
        stage.fromServer(rest, 0, rest.length);
        assertThat(stage.toClient.size()).isGreaterThan(rest.length - 5);
        assertThat(stage.toClient.toByteArray()[rest.length - 5]).isEqualTo((byte) 'E');
        assertThat(toClient()).contains("08P01");
        assertThat(stage.closed).isTrue();
    }

    @Test
    void aServerThatEndsTheSessionSaysSoToTheClient() {
        play("postgres-18/terminated", '\0');
        assertThat(toClient()).contains("57P01");
        stage.session.serverGone();
        assertThat(stage.closed).isTrue();
    }
}
