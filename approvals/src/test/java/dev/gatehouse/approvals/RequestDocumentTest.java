package dev.gatehouse.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.approval.Digest;
import dev.gatehouse.firewall.approval.Finding;
import dev.gatehouse.firewall.approval.Request;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.statement.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What reviewers are shown comes out of the store as it went in, and no credential does. */
@ParameterizedClass
@EnumSource(TestStore.class)
final class RequestDocumentTest {

    private static final String SQL = "UPDATE t SET a = 'zero \0 tab \t quote \" emoji \uD83D\uDE00 bidi \u202E'";

    private final Desk desk;

    RequestDocumentTest(TestStore store) {
        desk = new Desk(store);
    }

    @Test
    void itIsTheSameAfterwardsButForTheServersAddressAndItsCredentials() {
        Instant now = desk.now;
        Request request = new Request(
                "req_1",
                new Digest("3f9ac1d2" + "0".repeat(56)),
                Desk.session(Desk.AGENT),
                SQL,
                List.of(new Parameter("42"), new Parameter(null), new Parameter("")),
                List.of(new Finding(Finding.About.WARNING, "it has no WHERE"), new Finding(Finding.About.READS, "a.b")),
                "CHG-118",
                new Ruling.Source("big-writes-reviewed", "prod.yaml", 74),
                Desk.flow(2),
                now,
                now.plus(Desk.EXPIRES));

        desk.ask(request, desk.applicant(99, Desk.PATIENCE));

        Request read = desk.approvals.find("req_1").orElseThrow().request();
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("session.upstream", "session.login")
                .isEqualTo(request);
        assertThat(read.session().upstream().name()).isEqualTo("orders");
        assertThat(read.session().login().name()).isEqualTo("rw");
        assertThat(RequestDocument.write(request)).doesNotContain("secret", "fw_rw", "localhost");
        assertThat(read.session().login().username()).isEmpty();
        assertThat(Optional.of(read.code())).contains(Desk.CODE);
        desk.approvals.close();
    }
}
