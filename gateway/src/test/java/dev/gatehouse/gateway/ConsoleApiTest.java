package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.console.api.Operation;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.approval.Ticket;
import dev.gatehouse.gateway.ConsoleGateway.Asking;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP API: as its document says, and for each caller no more than they may. */
final class ConsoleApiTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Reviewer OPERATOR = new Reviewer("root", Set.of(), true, "test");

    @TempDir
    private static Path folder;

    private static ConsoleGateway console;
    private static ApiDocument document;

    @BeforeAll
    static void start() throws Exception {
        console = ConsoleGateway.start(folder);
        document = new ApiDocument(MAPPER.readTree(
                Browser.at(console.port()).get("/v1/openapi.json").body()));
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static Asking ask(int order) throws Exception {
        return console.ask("maya", "update orders set status = 'paid' where id = " + order);
    }

    private static void end(Asking asking) {
        console.gateway().gateway().approvals().withdraw(asking.id(), OPERATOR);
    }

    /** Calls, and holds the answer to the document. */
    private static HttpResponse<String> call(Browser caller, Operation operation, String id, String body)
            throws Exception {
        HttpResponse<String> answer =
                caller.call(operation.method(), operation.address().replace("{id}", id), body);
        document.check(operation, answer);
        return answer;
    }

    private static Browser program(String name) throws Exception {
        Browser program = Browser.at(console.port());
        HttpResponse<String> answer = call(
                program,
                Operation.SIGN_IN,
                "",
                "{\"name\":\"" + name + "\",\"password\":\"" + TestGateway.PASSWORD + "\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(MAPPER.readTree(answer.body()).path("pass").asText()).isEqualTo(program.pass());
        return program;
    }

    @Test
    void theDocumentDescribesWhatIsServedAndNothingElse() {
        List<String> served = Arrays.stream(Operation.values())
                .map(one -> one.method() + " " + one.address())
                .toList();

        assertThat(document.operations()).containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void aProgramSignsInDecidesAndSignsOut() throws Exception {
        Asking first = ask(1);
        Asking second = ask(2);
        Browser lead = program("lead");
        assertThat(call(lead, Operation.SESSION, "", "").body()).contains("\"groups\":[\"leads\"]");
        JsonNode items =
                MAPPER.readTree(call(lead, Operation.APPROVALS, "", "").body()).path("items");
        assertThat(items.findValuesAsText("id")).contains(first.id(), second.id());
        JsonNode one =
                MAPPER.readTree(call(lead, Operation.APPROVAL, first.id(), "").body());
        assertThat(one.path("clientsWaiting").asInt()).isEqualTo(1);
        assertThat(one.path("findings").toString()).contains("{\"about\":\"writes\",\"text\":\"public.orders\"}");

        assertThat(call(lead, Operation.REJECT, second.id(), "{}").statusCode()).isEqualTo(422);
        assertThat(call(lead, Operation.APPROVE, first.id(), "{\"code\":\"0000-0000\"}")
                        .statusCode())
                .isEqualTo(412);
        assertThat(call(lead, Operation.APPROVE, first.id(), "{\"as\":\"tom\"}").statusCode())
                .isEqualTo(400);
        assertThat(call(lead, Operation.WITHDRAW, first.id(), "{}").statusCode())
                .isEqualTo(403);
        assertThat(call(lead, Operation.APPROVE, first.id(), "{\"code\":\"" + first.code() + "\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(first.result()).isEqualTo(1);
        assertThat(call(lead, Operation.RECEIPT, first.id(), "").statusCode()).isEqualTo(200);
        assertThat(call(lead, Operation.RECEIPT, second.id(), "").statusCode()).isEqualTo(404);
        assertThat(call(lead, Operation.REJECT, second.id(), "{\"comment\":\"no\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(call(lead, Operation.REJECT, second.id(), "{\"comment\":\"no\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(lead.call("GET", "/v1/approvals?all=1", "").body()).contains(first.id(), second.id());
        assertThat(call(lead, Operation.SIGN_OUT, "", "").statusCode()).isEqualTo(204);
        assertThat(call(lead, Operation.SESSION, "", "").statusCode()).isEqualTo(401);
    }

    @Test
    void nobodyCallsWithoutSigningIn() throws Exception {
        Asking asking = ask(3);
        Browser stranger = Browser.at(console.port());
        for (Operation operation : Operation.values()) {
            if (operation != Operation.DOCUMENT && operation != Operation.SIGN_IN) {
                assertThat(call(stranger, operation, asking.id(), "{}").statusCode())
                        .as(operation.name())
                        .isEqualTo(401);
            }
        }
        assertThat(call(stranger, Operation.SIGN_IN, "", "{\"name\":\"lead\",\"password\":\"x\"}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(call(stranger, Operation.SIGN_IN, "", "[]").statusCode()).isEqualTo(400);
        end(asking);
    }

    /** For each person, what a request of maya's answers them; 404 where they may not know that it exists. */
    @Test
    void aRequestIsShownToThoseAloneWhomItConcerns() throws Exception {
        Map<String, List<Integer>> expected = Map.of(
                // show, approve, reject, withdraw
                "erik", List.of(404, 404, 404, 404),
                "maya", List.of(200, 403, 403, 200),
                "ada", List.of(200, 403, 403, 403),
                "root", List.of(200, 403, 403, 200),
                "lead", List.of(200, 200, 200, 403));
        int order = 100; // Each time another one, as a rejection stands for a while.
        for (Map.Entry<String, List<Integer>> person : expected.entrySet()) {
            Browser browser = program(person.getKey());
            List<Integer> api = new ArrayList<>();
            List<Integer> pages = new ArrayList<>();
            for (Operation operation :
                    List.of(Operation.APPROVAL, Operation.APPROVE, Operation.REJECT, Operation.WITHDRAW)) {
                Asking asking = ask(order++);
                api.add(call(browser, operation, asking.id(), "{\"comment\":\"c\"}")
                        .statusCode());
                end(asking);
                Asking again = ask(order++);
                String choice = operation.name().toLowerCase(Locale.ROOT);
                pages.add(
                        operation == Operation.APPROVAL
                                ? browser.get("/approvals/" + again.id()).statusCode()
                                : browser.decide(again.id(), again.code(), choice, "c")
                                        .statusCode());
                end(again);
            }
            assertThat(api).as(person.getKey()).isEqualTo(person.getValue());
            assertThat(pages.stream().map(code -> code == 303 ? 200 : code).toList())
                    .as(person.getKey() + " in the browser")
                    .isEqualTo(person.getValue());
        }
    }

    @Test
    void listsAndTheStatusAreAsNarrow() throws Exception {
        Asking asking = ask(5);
        for (String name : List.of("lead", "maya", "ada", "root")) {
            Browser browser = program(name);
            assertThat(call(browser, Operation.APPROVALS, "", "").body())
                    .as(name)
                    .contains(asking.id());
            assertThat(browser.get("/approvals").body()).as(name).contains(asking.id());
        }
        Browser erik = program("erik");
        for (String path :
                List.of("/v1/approvals", "/v1/approvals?all=1", "/approvals", "/approvals/decided", "/requests")) {
            assertThat(erik.get(path).body()).as(path).doesNotContain("req_");
        }
        assertThat(call(erik, Operation.APPROVAL, "last", "").statusCode()).isEqualTo(404);
        assertThat(call(erik, Operation.STATUS, "", "").statusCode()).isEqualTo(403);
        assertThat(call(program("lead"), Operation.STATUS, "", "").statusCode()).isEqualTo(403);
        assertThat(call(program("ada"), Operation.STATUS, "", "").statusCode()).isEqualTo(200);
        assertThat(call(erik, Operation.APPROVAL, "req_NONE", "").body().replace("req_NONE", asking.id()))
                .as("what one may not see answers as what there is not")
                .isEqualTo(call(erik, Operation.APPROVAL, asking.id(), "").body());
        end(asking);
    }

    @Test
    void whatIsNotThereIsSaidSo() throws Exception {
        Browser lead = program("lead");
        assertThat(lead.get("/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(lead.get("/v1").statusCode()).isEqualTo(404);
        assertThat(lead.get("/assets/..%2fopenapi.json").statusCode()).isEqualTo(404);
        assertThat(lead.get("/assets/openapi.json").statusCode()).isEqualTo(404);
        assertThat(lead.call("PUT", "/v1/session", "{}").statusCode()).isEqualTo(405);
        assertThat(lead.call("DELETE", "/approvals", "").statusCode()).isEqualTo(405);
        assertThat(lead.call("POST", "/v1/session", "x".repeat(70_000)).statusCode())
                .isEqualTo(413);
        assertThat(lead.get("/approvals").statusCode()).isEqualTo(200);
    }

    @Test
    void aDecisionIsOnceForAllWhicheverWayItComes() throws Exception {
        Asking asking = ask(6);
        Browser lead = program("lead");
        Browser tom = console.browser("tom");

        assertThat(tom.decide(asking.id(), asking.code(), "approve", "").statusCode())
                .isEqualTo(303);

        assertThat(call(lead, Operation.APPROVE, asking.id(), "{}").statusCode())
                .isEqualTo(409);
        assertThat(asking.result()).isEqualTo(1);
        assertThat(console.ticket(asking.id())).isInstanceOf(Ticket.Used.class);
    }
}
