package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.gateway.settings.ClientView;
import dev.gatehouse.identity.Provider;
import dev.gatehouse.identity.SignIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a real Keycloak, where {@code bench/keycloak/run} has started one. */
final class KeycloakTest {

    private static final String DANA = "dana@acme.test";
    private static final String ISSUER = System.getProperty("gatehouse.test.keycloak", "");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(!ISSUER.isEmpty(), "no Keycloak was started: bench/keycloak/run does");
        gateway = Configured.in(folder, TestGateway.shop())
                .offeringTls(TestCertificate.ofLocalhost(folder, "tls"), "allow")
                .with("identity:\n", """
                    identity:
                      oidc:
                        - name: acme
                          issuer: "%s"
                          client_id: gatehouse
                          user_claim: email
                          groups_claim: groups
                          scopes: [openid, email]
                          allow_token_as_password: true
                    """.formatted(ISSUER))
                .start();
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private static JsonNode post(String address, String form, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        headers.forEach(request::setHeader);
        return JSON.readTree(
                HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Tokens as a person gets them who signs in. */
    private static JsonNode tokens(String client, String user) throws IOException, InterruptedException {
        return post(
                ISSUER + "/protocol/openid-connect/token",
                "grant_type=password&scope=openid+email&client_id=" + client + "&username=" + user + "&password="
                        + user,
                Map.of());
    }

    private static String login(String user, String token) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", token);
        String url = "jdbc:postgresql://localhost:" + Configured.port(gateway) + "/shop?sslmode=require";
        try (Connection connection = DriverManager.getConnection(url, properties);
                ResultSet row = connection.createStatement().executeQuery("select count(*) from orders")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @Test
    void accessTokensAndIdTokensLetTheirUserIn() throws Exception {
        JsonNode tokens = tokens("gatehouse", "dana");
        assertThat(login(DANA, tokens.path("access_token").asText())).isEqualTo("3000");
        assertThat(login(DANA, tokens.path("id_token").asText())).isEqualTo("3000");
    }

    @Test
    void whatElseItSignsDoesNot() throws Exception {
        JsonNode tokens = tokens("gatehouse", "dana");
        assertThat(login(DANA, tokens.path("refresh_token").asText())).isEqualTo("28P01");
        assertThat(login("lena@acme.test", tokens.path("access_token").asText()))
                .isEqualTo("28P01");
        JsonNode anothers = tokens("other", "dana");
        assertThat(login(DANA, anothers.path("access_token").asText())).isEqualTo("28P01");
        assertThat(login(DANA, anothers.path("id_token").asText())).isEqualTo("28P01");
        JsonNode unverified = tokens("gatehouse", "lena");
        assertThat(login("lena@acme.test", unverified.path("access_token").asText()))
                .isEqualTo("28P01");
    }

    @Test
    void aKeyThatIsNewIsFoundAtOnce() throws Exception {
        String before = tokens("gatehouse", "dana").path("access_token").asText();
        assertThat(login(DANA, before)).isEqualTo("3000");
        String base = ISSUER.substring(0, ISSUER.indexOf("/realms/"));
        String admin = post(
                        base + "/realms/master/protocol/openid-connect/token",
                        "grant_type=password&client_id=admin-cli&username=admin&password=admin",
                        Map.of())
                .path("access_token")
                .asText();
        JsonNode realm = JSON.readTree(HTTP.send(
                        HttpRequest.newBuilder(URI.create(base + "/admin/realms/acme"))
                                .header("Authorization", "Bearer " + admin)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        post(
                base + "/admin/realms/acme/components",
                """
                {"name": "newer %d", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "parentId": "%s", "config": {"priority": ["%d"], "algorithm": ["RS256"]}}
                """.formatted(
                                System.nanoTime(),
                                realm.path("id").asText(),
                                1000 + System.currentTimeMillis() / 1000 % 1_000_000),
                Map.of("Authorization", "Bearer " + admin, "Content-Type", "application/json"));
        String after = tokens("gatehouse", "dana").path("access_token").asText();
        assertThat(after.substring(0, after.indexOf('.'))).isNotEqualTo(before.substring(0, before.indexOf('.')));
        assertThat(login(DANA, after)).isEqualTo("3000");
        assertThat(login(DANA, before)).isEqualTo("3000");
    }

    @Test
    void signingInByDeviceFlowBegins() throws Exception {
        Provider provider = ClientView.of(folder.resolve("gatehouse.yaml"), Map.of())
                .providers()
                .get(0);
        SignIn signIn = SignIn.at(provider);
        SignIn.Device device = signIn.begin();
        assertThat(device.page().toString()).startsWith(ISSUER);
        assertThat(signIn.ask(device, Duration.ofSeconds(5))).isInstanceOf(SignIn.Progress.Waiting.class);
    }
}
