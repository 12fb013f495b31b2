package dev.gatehouse.approvals;

import static dev.gatehouse.approvals.Desk.ERIK;
import static dev.gatehouse.approvals.Desk.LENA;
import static dev.gatehouse.approvals.Desk.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.firewall.approval.Answer;
import dev.gatehouse.firewall.approval.Place;
import dev.gatehouse.firewall.approval.Ticket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed loses nothing it has said, and what may have run does not run again. */
final class KilledGatewayTest {

    @TempDir
    Path folder;

    @Test
    void aRequestAndItsVotesAreThereAfterwards() throws Exception {
        killAt("asked");
        Desk desk = reopened();

        assertThat(desk.approvals.find("req_1").orElseThrow())
                .isInstanceOfSatisfying(Ticket.Pending.class, pending -> assertThat(pending.approvals())
                        .extracting(vote -> vote.by().name(), Ticket.Vote::comment)
                        .containsExactly(tuple("lena", "first")));
        assertThat(desk.approvals.approve("req_1", Optional.empty(), LENA, "")).isInstanceOf(Answer.Refused.class);
        assertThat(desk.approvals.approve("req_1", Optional.empty(), TOM, "")).isInstanceOf(Answer.Moved.class);
        desk.approvals.close();
    }

    @Test
    void anApprovalIsUsedOnceAfterwards() throws Exception {
        killAt("approved");
        Desk desk = reopened();

        assertThat(send(desk, 200).now()).isInstanceOfSatisfying(Ticket.Used.class, used -> assertThat(used.decision())
                .isEqualTo(200));
        assertThat(send(desk, 201).now()).isInstanceOf(Ticket.Pending.class);
        desk.approvals.close();
    }

    @Test
    void whatMayHaveRunIsKnownAsClaimedAndDoesNotRunAgain() throws Exception {
        killAt("claimed");
        Desk desk = reopened();

        assertThat(desk.approvals.find("req_1").orElseThrow()).isInstanceOfSatisfying(Ticket.Used.class, used -> {
            assertThat(used.decision()).isEqualTo(100);
            assertThat(used.result()).isEmpty();
        });
        assertThat(send(desk, 200).now()).isInstanceOfSatisfying(Ticket.Pending.class, pending -> assertThat(
                        pending.request().id())
                .isNotEqualTo("req_1"));
        desk.approvals.close();
    }

    @Test
    void anotherProcessCannotUseTheFolderWhichIsForThisUserAlone() throws Exception {
        Desk first = reopened();

        Process second = start("asked", ProcessBuilder.Redirect.DISCARD);

        assertThat(second.waitFor()).isNotZero();
        assertThat(Files.getPosixFilePermissions(folder.resolve("state")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(first.approvals.tickets()).isEmpty();
        first.approvals.close();
    }

    private Desk reopened() {
        Desk desk = new Desk(new StoreSettings.Embedded(folder.resolve("state")), Optional.empty());
        desk.now = Instant.now();
        return desk;
    }

    private static Place send(Desk desk, long decision) {
        return desk.ask(desk.request("req_1", ERIK, 2), desk.applicant(decision, Duration.ZERO));
    }

    private void killAt(String point) throws IOException, InterruptedException {
        Process process = start(point, ProcessBuilder.Redirect.INHERIT);
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.equals("ready")) {
                line = said.readLine();
            }
            assertThat(line).isEqualTo("ready");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String point, ProcessBuilder.Redirect errors) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledGateway.class.getName(),
                        folder.resolve("state").toString(),
                        point)
                .redirectError(errors)
                .start();
    }
}
