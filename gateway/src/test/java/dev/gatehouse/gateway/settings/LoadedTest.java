package dev.gatehouse.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.masking.Masking;
import dev.gatehouse.firewall.policy.Flow;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.session.Id;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedTest {

    @TempDir
    Path folder;

    private static Configuration good(Loaded loaded) {
        assertThat(loaded.problems()).isEmpty();
        return loaded.configuration().orElseThrow();
    }

    @Test
    void theServersFileIsReadAsItSays() {
        Settings settings = good(Fixture.shop(folder).load()).settings();

        assertThat(settings.name()).isEqualTo("shop-fw");
        assertThat(settings.listen().postgres()).contains(new Settings.Address("127.0.0.1", 0));
        assertThat(settings.listen().adminSocket()).contains(folder.resolve("run/admin.sock"));
        assertThat(settings.listen().tls()).isEmpty();
        assertThat(settings.defaultUpstream()).contains("shop");
        Upstream shop = settings.upstream("shop").orElseThrow();
        assertThat(shop.host()).isEqualTo("db.shop.test");
        assertThat(shop.port()).isEqualTo(5433);
        assertThat(shop.databases()).containsExactly("shop", "stats");
        assertThat(shop.tls().mode()).isEqualTo(Upstream.Tls.Mode.DISABLE);
        assertThat(shop.labels()).containsEntry("pci", "true");
        assertThat(shop.schemaRefresh()).isEqualTo(Duration.ofSeconds(30));
        assertThat(shop.maxConnections()).isEqualTo(50);
        assertThat(settings.identity().maxPerUser()).isEqualTo(5);
        assertThat(settings.identity().localUser("erik").orElseThrow().source()).hasSize(2);
        assertThat(settings.journal().minFree()).isEqualTo(OptionalLong.of(1L << 30));
        assertThat(settings.journal().roll()).isEqualTo(Settings.Roll.DAILY);
        assertThat(settings.maskedNotice()).isEqualTo(Masking.Notice.ALWAYS);
        assertThat(settings.log().level()).isEqualTo(Settings.LogLevel.WARN);
    }

    @Test
    void anUpstreamThatSaysNothingOfTlsIsVerifiedInFull() {
        Upstream archive =
                good(Fixture.shop(folder).load()).settings().upstream("archive").orElseThrow();

        assertThat(archive.tls().mode()).isEqualTo(Upstream.Tls.Mode.VERIFY_FULL);
        assertThat(archive.host()).isEqualTo("::1");
        assertThat(archive.defaultDatabase()).isEqualTo("archive");
        assertThat(archive.schemaRefresh()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void variablesComeFromTheEnvironmentDefaultsAndFiles() {
        Settings settings = good(Fixture.shop(folder).load()).settings();

        Upstream shop = settings.upstream("shop").orElseThrow();
        assertThat(shop.login("ro").orElseThrow().password().reveal()).isEqualTo("ro-secret");
        assertThat(shop.login("rw").orElseThrow().password().reveal()).isEqualTo("from the default");
        Upstream archive = settings.upstream("archive").orElseThrow();
        assertThat(archive.login("ro").orElseThrow().password().reveal()).isEqualTo("archived");
        assertThat(shop.labels()).containsEntry("owner", "#ask-${team}");
    }

    @Test
    void whatIsFilledInIsNotLookedAtAgain() {
        Settings settings = good(Fixture.shop(folder)
                        .variable("SHOP_RO", "${env:TOK} $${x}")
                        .load())
                .settings();

        Upstream shop = settings.upstream("shop").orElseThrow();
        assertThat(shop.login("ro").orElseThrow().password().reveal()).isEqualTo("${env:TOK} $${x}");
    }

    @Test
    void credentialsComeFromTheServiceManagersFolder() {
        Loaded loaded = Fixture.shop(folder)
                .replace("gatehouse.yaml", "${env:SHOP_RO}", "${cred:shop-ro}")
                .secret("creds/shop-ro", "from systemd\n")
                .mode("creds/shop-ro", "r--r-----")
                .variable("CREDENTIALS_DIRECTORY", folder.resolve("creds").toString())
                .load();

        Upstream shop = good(loaded).settings().upstream("shop").orElseThrow();
        assertThat(shop.login("ro").orElseThrow().password().reveal()).isEqualTo("from systemd");
    }

    @Test
    void theVersionChangesWithEveryPolicyFileAndWithNothingElse() {
        Fixture fixture = Fixture.shop(folder);
        String before = good(fixture.load()).policy().version();
        assertThat(before).matches("pol_[0-9a-f]{8}");

        fixture.edit("gatehouse.yaml", text -> text + "# a remark\n");
        assertThat(good(fixture.load()).policy().version()).isEqualTo(before);
        fixture.edit("policy.d/people.yaml", text -> text + "# a remark\n");
        assertThat(good(fixture.load()).policy().version()).isNotEqualTo(before);
    }

    @Test
    void theReportHasALineForEachFile() {
        Loaded loaded = Fixture.shop(folder).load();

        String version = good(loaded).policy().version();
        assertThat(loaded.report()).isEqualTo("""
                        gatehouse.yaml            ok    2 upstreams, 4 local users
                        policy.d/people.yaml      ok    0 rules, 0 masks                           %1$s
                        policy.d/rules.yaml       ok    6 rules, 2 masks                           %1$s
                        """.formatted(version));
    }

    @Test
    void theReportShowsTheLineAndUnderlinesTheWord() {
        Loaded loaded = Fixture.shop(folder)
                .replace("policy.d/rules.yaml", "kinds: [update, delete]", "kinds: [updat, delete]")
                .load();

        assertThat(loaded.configuration()).isEmpty();
        assertThat(loaded.hasErrors()).isTrue();
        assertThat(loaded.report()).contains("""
                  error E214 policy.d/rules.yaml:25:26  unknown kind "updat", did you mean "update"?
                      25 |     statement: { kinds: [updat, delete], where: [missing, always_true] }
                                                    ^^^^^
                """);
        assertThat(loaded.report()).containsPattern("policy\\.d/rules\\.yaml {7}1 error +pol_[0-9a-f]{8}\n");
    }

    @Test
    void allMistakesOfAllFilesAreToldAtOnce() {
        Loaded loaded = Fixture.shop(folder)
                .replace(
                        "gatehouse.yaml",
                        "protocol: postgres\n    address: \"db",
                        "protocol: postgre\n    address: \"db")
                .replace("gatehouse.yaml", "roll: daily", "roll: dayly")
                .replace("policy.d/rules.yaml", "tags: [pii.ssn]", "tags: [pii.snn]")
                .replace("policy.d/people.yaml", "roles: [analyst, agent]", "roles: [analysts, agent]")
                .load();

        assertThat(loaded.problems().stream().filter(Problem::isError).map(p -> p.file() + " " + p.message()))
                .containsExactly(
                        "gatehouse.yaml unknown protocol \"postgre\", did you mean \"postgres\"?",
                        "gatehouse.yaml unknown roll \"dayly\", did you mean \"daily\"?",
                        "policy.d/people.yaml unknown role \"analysts\", did you mean \"analyst\"?",
                        "policy.d/rules.yaml unknown tag \"pii.snn\", did you mean \"pii.ssn\"?");
    }

    private static Session session(Configuration configuration, String user) {
        Settings settings = configuration.settings();
        Upstream shop = settings.upstream("shop").orElseThrow();
        Subject subject = settings.identity().localUser(user).orElseThrow().subject();
        String login =
                configuration.policy().login(subject, shop, Optional.empty()).orElseThrow();
        return new Session(
                Id.next(),
                subject,
                shop,
                "shop",
                shop.login(login).orElseThrow(),
                InetAddress.getLoopbackAddress(),
                "psql",
                false);
    }

    private static Analysis uses(String column, Effect.Use use) {
        return new Analysis.Understood(List.of(new Command(
                Kind.SELECT,
                Set.of(Kind.SELECT),
                List.of(new Effect.Uses(Column.of("public", "customers", column), use, 8)),
                Command.Where.NOT_APPLICABLE,
                true,
                Optional.of(List.of()),
                true,
                1,
                Set.of())));
    }

    @Test
    void theRulesInTheFilesDecideAndSayWhereTheyStand() {
        Configuration configuration = good(Fixture.shop(folder).load());
        Session maya = session(configuration, "maya");
        Instant monday = Instant.parse("2026-11-23T11:00:00Z");

        assertThat(maya.login().name()).isEqualTo("ro");
        assertThat(configuration.policy().roles(maya.subject())).containsExactly("analyst");
        assertThat(configuration.policy().rule(maya, uses("ssn", Effect.Use.RESULT), monday))
                .isEqualTo(new Ruling.Refuse(
                        new Ruling.Source("no-ssn", "rules.yaml", 28),
                        "column is classified pii.ssn",
                        "",
                        new Ruling.Culprit(
                                8,
                                "public",
                                "customers",
                                "ssn",
                                "Column public.customers.ssn is classified pii.ssn; role analyst may not read it.")));
        assertThat(configuration.policy().rule(maya, uses("name", Effect.Use.RESULT), monday))
                .isEqualTo(new Ruling.Allow(new Ruling.Source("reads", "rules.yaml", 13)));
        Ruling held = configuration.policy().rule(maya, uses("email", Effect.Use.PREDICATE), monday);
        assertThat(held).isInstanceOfSatisfying(Ruling.Hold.class, hold -> {
            assertThat(hold.rule()).isEqualTo(new Ruling.Source("mask_use", "rules.yaml", 48));
            assertThat(hold.flow())
                    .isEqualTo(new Flow(
                            "review",
                            Set.of("leads"),
                            Set.of("lena"),
                            1,
                            true,
                            new Flow.Hold(
                                    Duration.ofMinutes(5), Duration.ofSeconds(10), false, Flow.InTransaction.REFUSE),
                            Duration.ofHours(4),
                            Duration.ofMinutes(30),
                            20,
                            true,
                            false));
        });
    }

    @Test
    void theMasksInTheFilesAreThoseOfThePolicy() {
        Configuration configuration = good(Fixture.shop(folder).load());
        Session maya = session(configuration, "maya");
        Session bot = session(configuration, "bot");
        Session lena = session(configuration, "lena");

        assertThat(configuration.policy().mask(maya, Column.of("public", "customers", "email")))
                .contains(new MaskRule("email", new Transform.Email(Transform.Email.Keep.DOMAIN)));
        assertThat(configuration.policy().mask(maya, Column.of("public", "customers", "ref")))
                .isEmpty();
        Secret key = Objects.requireNonNull(configuration.settings().keys().get("tok"))
                .secret();
        assertThat(configuration.policy().mask(bot, Column.of("public", "customers", "ref")))
                .contains(new MaskRule("ref", new Transform.Tokenize("tok", key, "cus_")));
        assertThat(configuration.policy().masksAnything(lena)).isFalse();
    }
}
