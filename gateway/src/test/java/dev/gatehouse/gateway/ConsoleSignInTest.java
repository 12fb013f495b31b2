package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.ConsoleGateway.Asking;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into the console, how they stay in, and what other sites cannot make their browsers do. */
final class ConsoleSignInTest {

    @TempDir
    private Path folder;

    private ConsoleGateway console;

    @BeforeEach
    void start() throws Exception {
        console = ConsoleGateway.start(folder);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void nobodyIsLetInWithoutAPassword() throws Exception {
        Browser browser = Browser.at(console.port());
        for (String path :
                List.of("/", "/approvals", "/approvals/decided", "/approvals/last", "/requests", "/connect")) {
            HttpResponse<String> answer = browser.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).contains("/signin");
        }
        assertThat(browser.submit("/approvals/last/approve", "code", "0000-0000")
                        .statusCode())
                .isEqualTo(401);
        assertThat(browser.get("/v1/events").statusCode()).isEqualTo(401);
    }

    @Test
    void everyRefusalLooksTheSame() throws Exception {
        List<String> answers = new ArrayList<>();
        for (String name : List.of("lead", "nobody", "helper", "far")) {
            Browser browser = Browser.at(console.port());
            HttpResponse<String> answer =
                    browser.signIn(name, name.equals("lead") || name.equals("nobody") ? "wrong" : TestGateway.PASSWORD);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(browser.cookie()).isEmpty();
            answers.add(answer.body());
        }
        assertThat(Set.copyOf(answers))
                .as("an agent, a wrong place, a wrong password, no such user")
                .hasSize(1);
    }

    @Test
    void theCookieIsForThisHostAndNoScript() throws Exception {
        HttpResponse<String> answer = Browser.at(console.port()).signIn("lead", TestGateway.PASSWORD);

        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .matches("gatehouse=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    }

    @Test
    void aSignInTakesNoTokenThatWasThereBefore() throws Exception {
        Browser victim = Browser.at(console.port());
        victim.keep("gatehouse=" + "A".repeat(43));
        assertThat(victim.signIn("lead", TestGateway.PASSWORD).statusCode()).isEqualTo(303);
        assertThat(victim.cookie()).doesNotContain("AAAAAA");
        String first = victim.cookie();
        assertThat(victim.signIn("tom", TestGateway.PASSWORD).statusCode()).isEqualTo(303);
        assertThat(victim.cookie()).isNotEqualTo(first);
        assertThat(victim.get("/approvals").body()).contains(">tom<");

        Browser attacker = Browser.at(console.port());
        for (String known : List.of("gatehouse=" + "A".repeat(43), first)) {
            attacker.keep(known);
            assertThat(attacker.get("/approvals").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aSignOutEndsTheSessionOnTheServerToo() throws Exception {
        Browser lead = console.browser("lead");
        String cookie = lead.cookie();
        assertThat(lead.submit("/signout", "pass", lead.pass()).statusCode()).isEqualTo(303);
        assertThat(lead.cookie()).isEmpty();

        lead.keep(cookie);

        assertThat(lead.get("/approvals").statusCode()).isEqualTo(303);
    }

    @Test
    void noOtherSiteDecidesThroughAPersonsBrowser() throws Exception {
        Asking asking = console.ask("maya", "update orders set status = 'paid' where id = 1");
        Browser lead = console.browser("lead");
        String path = "/approvals/" + asking.id() + "/approve";
        String pass = lead.pass();
        String[] fields = {"pass", pass, "code", asking.code()};
        String here = "http://127.0.0.1:" + console.port();
        String othersPass = console.browser("tom").pass();

        List<HttpRequest.Builder> forgeries = List.of(
                lead.form(path, fields),
                lead.form(path, fields).header("Origin", "https://evil.example"),
                lead.form(path, fields).header("Origin", "null"),
                lead.form(path, fields).header("Origin", "https://127.0.0.1:" + console.port()),
                lead.form(path, fields).header("Origin", here + ".evil.example"),
                lead.form(path, fields).header("Origin", here).header("Sec-Fetch-Site", "cross-site"),
                lead.form(path, fields).header("Origin", here).header("Sec-Fetch-Site", "same-site"),
                lead.form(path, "code", asking.code()).header("Origin", here),
                lead.form(path, "pass", othersPass, "code", asking.code()).header("Origin", here),
                lead.form(path, "pass", "", "code", asking.code()).header("Origin", here));
        for (HttpRequest.Builder forgery : forgeries) {
            assertThat(lead.send(forgery).statusCode())
                    .as(forgery.build().headers().toString())
                    .isEqualTo(403);
        }
        assertThat(lead.send(lead.request("/v1" + path)
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(lead.send(lead.request("/v1" + path)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(lead.get(path).statusCode()).as("by GET").isEqualTo(404);
        assertThat(lead.send(Browser.at(console.port())
                                .form("/signin", "name", "lead", "password", TestGateway.PASSWORD)
                                .header("Origin", "https://evil.example"))
                        .statusCode())
                .as("nor is anybody signed in by another site")
                .isEqualTo(403);
        assertThat(console.ticket(asking.id()).isOpen()).isTrue();
        assertThat(lead.decide(asking.id(), asking.code(), "approve", "").statusCode())
                .isEqualTo(303);
        assertThat(asking.result()).isEqualTo(1);
    }

    @Test
    void passwordsAreNotTriedByTheThousand() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> attempts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String password = "guess" + i;
            attempts.add(
                    () -> Browser.at(console.port()).signIn("lead", password).statusCode());
        }
        int looked = 0;
        for (Future<Integer> answer : many.invokeAll(attempts)) {
            assertThat(answer.get()).isIn(401, 429);
            looked += answer.get() == 401 ? 1 : 0;
        }
        many.shutdown();
        assertThat(looked).as("passwords that were looked at").isBetween(1, 6);

        HttpResponse<String> right = Browser.at(console.port()).signIn("lead", TestGateway.PASSWORD);
        assertThat(right.statusCode()).as("not even the right one for now").isEqualTo(429);
        assertThat(right.headers().firstValue("Retry-After")).isPresent();
        assertThat(Browser.at(console.port())
                        .signIn("tom", TestGateway.PASSWORD)
                        .statusCode())
                .as("others are not kept out")
                .isEqualTo(303);
    }

    @Test
    void overTlsTheCookieNeverGoesInClear() throws Exception {
        console.close();
        TestCertificate certificate = TestCertificate.ofLocalhost(folder, "tls");
        console = ConsoleGateway.start(
                folder,
                ConsoleGateway.POLICY,
                server -> server.replace(
                        "  admin_socket:",
                        "  tls: { cert: \"%s\", key: \"${file:%s}\", client_mode: require }\n  admin_socket:"
                                .formatted(certificate.certificate(), certificate.key())));
        Browser browser = Browser.encrypted(console.port(), trusting(certificate));

        HttpResponse<String> answer = browser.signIn("lead", TestGateway.PASSWORD);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
                .matches("__Host-gatehouse=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(browser.get("/approvals").statusCode()).isEqualTo(200);
        assertThat(inClear()).as("nothing is answered in clear").isFalse();
    }

    private boolean inClear() {
        try {
            return Browser.at(console.port()).get("/signin").statusCode() > 0;
        } catch (Exception e) {
            return false;
        }
    }

    private static SSLContext trusting(TestCertificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var in = java.nio.file.Files.newInputStream(certificate.certificate())) {
            store.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
