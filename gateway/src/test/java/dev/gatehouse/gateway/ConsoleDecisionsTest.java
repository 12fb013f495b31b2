package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.gateway.ConsoleGateway.Asking;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People decide in the console about statements that wait in real clients. */
final class ConsoleDecisionsTest {

    private static final Reviewer OPERATOR = new Reviewer("root", Set.of(), true, "test");

    @TempDir
    private static Path folder;

    private static ConsoleGateway console;

    @BeforeAll
    static void start() throws Exception {
        console = ConsoleGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static Asking ask(String user, int order) throws Exception {
        return console.ask(user, "update orders set status = 'paid' where id = " + order);
    }

    private static void end(Asking asking) {
        console.gateway().gateway().approvals().withdraw(asking.id(), OPERATOR);
    }

    @Test
    void anApprovalInTheBrowserLetsTheStatementRun() throws Exception {
        Asking asking = ask("maya", 1);
        Browser lead = console.browser("lead");
        String page = lead.get("/approvals/" + asking.id()).body();
        assertThat(page)
                .contains("update orders set status = &#39;paid&#39; where id = 1")
                .contains(asking.code())
                .contains("public.orders.status: written")
                .contains("updates-reviewed")
                .contains("Approve and run now");

        HttpResponse<String> answer = lead.decide(asking.id(), asking.code(), "approve", "ok, CHG-1");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/approvals/" + asking.id());
        assertThat(asking.result()).isEqualTo(1);
        Ticket.Vote vote =
                ((Ticket.Used) console.ticket(asking.id())).approved().last();
        assertThat(vote.by().name()).isEqualTo("lead");
        assertThat(vote.by().via()).isEqualTo("console, 127.0.0.1");
        assertThat(lead.get("/approvals/" + asking.id()).body())
                .contains("ok, CHG-1")
                .contains("approved, and let run");
        assertThat(lead.get("/approvals/decided").body()).contains(asking.id());
    }

    @Test
    void aRejectionNeedsItsCommentAndKeepsWhatWasWritten() throws Exception {
        Asking asking = ask("maya", 2);
        Browser lead = console.browser("lead");

        HttpResponse<String> answer = lead.decide(asking.id(), asking.code(), "reject", " ");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Say why");
        assertThat(console.ticket(asking.id())).isInstanceOf(Ticket.Pending.class);
        assertThat(lead.decide(asking.id(), asking.code(), "reject", "use the <b>batch</b> job")
                        .statusCode())
                .isEqualTo(303);
        assertThatThrownBy(asking::result).hasMessageContaining("rejected");
        assertThat(lead.get("/approvals/" + asking.id()).body()).contains("use the &lt;b&gt;batch&lt;/b&gt; job");
    }

    @Test
    void nobodyDecidesWithoutTheCodeOfWhatTheyLookedAt() throws Exception {
        Asking asking = ask("maya", 3);
        Browser lead = console.browser("lead");

        assertThat(lead.decide(asking.id(), "0000-0000", "approve", "").statusCode())
                .isEqualTo(412);
        assertThat(lead.submit("/approvals/" + asking.id() + "/approve", "pass", lead.pass())
                        .statusCode())
                .isEqualTo(400);
        assertThat(console.ticket(asking.id())).isInstanceOf(Ticket.Pending.class);
        end(asking);
    }

    @Test
    void whoAskedAndWhoAnswersForTheAgentThatDidDoNotDecide() throws Exception {
        Asking own = ask("maya", 4);
        Browser maya = console.browser("maya");
        assertThat(maya.get("/approvals/" + own.id()).body())
                .contains("You cannot decide this")
                .doesNotContain("class=\"approve\"");
        assertThat(maya.decide(own.id(), own.code(), "approve", "").statusCode())
                .isEqualTo(403);

        Asking agents = ask("helper", 5);
        HttpResponse<String> answer = maya.decide(agents.id(), agents.code(), "approve", "");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("you asked for this yourself");
        assertThat(console.ticket(agents.id())).isInstanceOf(Ticket.Pending.class);
        assertThat(maya.get("/requests").body())
                .contains(own.id())
                .contains(agents.id())
                .contains("agent of maya");

        assertThat(console.browser("lead")
                        .decide(agents.id(), agents.code(), "approve", "")
                        .statusCode())
                .isEqualTo(303);
        assertThat(agents.result()).isEqualTo(1);
        end(own);
    }

    @Test
    void whoAskedTakesItBackAndSoDoesAnOperator() throws Exception {
        Asking first = ask("maya", 6);
        Browser maya = console.browser("maya");
        assertThat(maya.submit("/approvals/" + first.id() + "/withdraw", "pass", maya.pass())
                        .statusCode())
                .isEqualTo(303);
        assertThat(console.ticket(first.id())).isInstanceOf(Ticket.Withdrawn.class);
        assertThatThrownBy(first::result).hasMessageContaining("withdrawn");

        Asking second = ask("maya", 7);
        Browser lead = console.browser("lead");
        assertThat(lead.submit("/approvals/" + second.id() + "/withdraw", "pass", lead.pass())
                        .statusCode())
                .isEqualTo(403);
        Browser root = console.browser("root");
        assertThat(root.decide(second.id(), second.code(), "approve", "").statusCode())
                .isEqualTo(403);
        assertThat(root.submit("/approvals/" + second.id() + "/withdraw", "pass", root.pass())
                        .statusCode())
                .isEqualTo(303);
        assertThat(console.ticket(second.id())).isInstanceOf(Ticket.Withdrawn.class);
    }

    @Test
    void whatHasEndedIsNotDecidedAgain() throws Exception {
        Asking asking = ask("maya", 8);
        Browser lead = console.browser("lead");
        assertThat(lead.decide(asking.id(), asking.code(), "approve", "").statusCode())
                .isEqualTo(303);

        HttpResponse<String> again = console.browser("tom").decide(asking.id(), asking.code(), "reject", "too late");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("is closed: approved by lead");
    }

    @Test
    void nothingThatIsAskedForBecomesMarkup() throws Exception {
        String evil =
                "update orders set status = '</code><script>alert(1)</script><img src=x onerror=alert(1)>\" \u202e'"
                        + " where id = 9 -- \"'><svg/onload=alert(1)> p\u0430ypal";
        Asking asking = console.ask("maya", evil);
        Browser lead = console.browser("lead");

        for (String path : new String[] {"/approvals", "/approvals/" + asking.id()}) {
            String page = lead.get(path).body();
            assertThat(page)
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img")
                    .doesNotContain("<svg")
                    .doesNotContain("\u202e")
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .contains("title=\"RIGHT-TO-LEFT OVERRIDE\">U+202E<")
                    .contains("title=\"U+0430 CYRILLIC SMALL LETTER A\"");
        }
        assertThat(lead.get("/approvals/" + asking.id()).body())
                .contains("Hidden characters: 1, drawn in boxes")
                .contains("Look-alikes: 1, marked")
                .contains("May hold comments");
        end(asking);
    }

    @Test
    void aPageIsForThisPersonNowAndForNoOtherSite() throws Exception {
        HttpResponse<String> page = console.browser("lead").get("/approvals");

        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]*src=\"/assets/)")
                .doesNotContain(" style=");
        assertThat(page.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void theConnectPageNamesWhatThePolicyLetsOneUse() throws Exception {
        String port = Integer.toString(console.gateway().port());
        assertThat(console.browser("maya").get("/connect").body())
                .contains("port=" + port)
                .contains("jdbc:postgresql://127.0.0.1:" + port + "/shop?user=maya");
        assertThat(console.browser("lead").get("/connect").body()).contains("lets you use no database");
    }

    @Test
    void openPagesAreToldThatSomethingHasChanged() throws Exception {
        Browser lead = console.browser("lead");
        try (EventStream events = EventStream.open(lead)) {
            assertThat(events.await("event: ")).isEqualTo("event: hello");
            assertThat(events.await("event: ")).isEqualTo("event: changed");

            Asking asking = ask("maya", 10);

            assertThat(events.await("data: {\"toDecide\":1}")).isNotEmpty();
            lead.decide(asking.id(), asking.code(), "approve", "");
            assertThat(events.await("data: {\"toDecide\":0}")).isNotEmpty();
            lead.submit("/signout", "pass", lead.pass());
            assertThat(events.await("event: over")).isNotEmpty();
        }
    }
}
