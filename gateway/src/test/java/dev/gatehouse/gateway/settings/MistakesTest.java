package dev.gatehouse.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake is told with its file, line and column, and with what was probably meant. */
class MistakesTest {

    private static final String SERVER = "gatehouse.yaml";
    private static final String PEOPLE = "policy.d/people.yaml";
    private static final String RULES = "policy.d/rules.yaml";

    @TempDir
    Path folder;

    /** @param marked what stands there instead, with a caret before the place to be told */
    private static Arguments mistake(String file, String good, String marked, String expected) {
        return Arguments.of(file, good, marked, expected);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        RULES,
                        "kinds: [update,",
                        "kinds: [^updat,",
                        "E214 unknown kind \"updat\", did you mean \"update\"?"),
                mistake(
                        RULES,
                        "classes: [read,",
                        "classes: [^raed,",
                        "E214 unknown class \"raed\", did you mean \"read\"?"),
                mistake(
                        RULES,
                        "always_true]",
                        "^allways_true]",
                        "E214 unknown where \"allways_true\", did you mean \"always_true\"?"),
                mistake(
                        RULES,
                        "    statement: { classes: [read",
                        "    ^statment: { classes: [read",
                        "E203 unknown key \"statment\" in \"rules\", did you mean \"statement\"?"),
                mistake(
                        RULES,
                        "mode: observe",
                        "mode: ^observ",
                        "E214 unknown mode \"observ\", did you mean \"observe\"?"),
                mistake(
                        RULES,
                        "tags: [pii.ssn]",
                        "tags: [^pii.sssn]",
                        "E215 unknown tag \"pii.sssn\", did you mean \"pii.ssn\"?"),
                mistake(
                        RULES,
                        "approve: review",
                        "approve: ^reveiw",
                        "E215 unknown approval flow \"reveiw\", did you mean \"review\"?"),
                mistake(
                        RULES,
                        "outside: business",
                        "outside: ^busyness",
                        "E215 unknown calendar \"busyness\", did you mean \"business\"?"),
                mistake(RULES, "key: tok,", "key: ^tokk,", "E215 unknown key \"tokk\", did you mean \"tok\"?"),
                mistake(
                        RULES,
                        "keep: domain",
                        "keep: ^domian",
                        "E214 unknown keep \"domian\", did you mean \"domain\"?"),
                mistake(
                        RULES,
                        "{ tag: pii.email, columns",
                        "{ tag: pii.email, detect: ^e_mail, columns",
                        "E214 unknown kind of value \"e_mail\", did you mean \"email\"?"),
                mistake(RULES, "- id: no-ssn", "- id: ^no-where", "E207 a rule \"no-where\" exists already"),
                mistake(
                        RULES,
                        "- id: reads",
                        "- id: ^Reads",
                        "E206 \"Reads\" is not a good \"rules.id\": it begins with a small letter and goes on with small letters, digits and hyphens, 2 to 63 in all"),
                mistake(RULES, "- { id: ref,", "- { id: ^email,", "E207 a mask \"email\" exists already"),
                mistake(
                        RULES,
                        "\"shop.*.customers",
                        "^\"shpo.*.customers",
                        "E215 \"shpo.*.customers.ssn\" begins with an unknown upstream, did you mean \"shop\"?"),
                mistake(
                        RULES,
                        "\"*.*.email\"",
                        "^\"a.b.*.*.email\"",
                        "E206 \"a.b.*.*.email\" is not a good \"classify.columns\": it has 5 parts, at most 4 are possible"),
                mistake(
                        RULES,
                        "zone: Europe/Berlin",
                        "zone: ^Europe/Berin",
                        "E206 \"Europe/Berin\" is not a good \"calendars.business.zone\": a zone is a name such as Europe/Berlin or UTC"),
                mistake(
                        RULES,
                        "to: \"19:00\"",
                        "to: ^\"25:00\"",
                        "E206 \"25:00\" is not a good \"calendars.business.to\": a time of day is written as in \"08:00\""),
                mistake(RULES, "mon, tue", "mon, ^teu", "E214 unknown day \"teu\", did you mean \"tue\"?"),
                mistake(
                        RULES,
                        "then: { block: {} }",
                        "then: ^{ block: {}, allow: {} }",
                        "E217 \"then\" says one of allow, block, approve"),
                mistake(
                        RULES,
                        "\"approve:review\"",
                        "^\"maybe\"",
                        "E214 unknown mask_use \"maybe\"; possible: allow, block, approve:<flow>"),
                mistake(
                        RULES,
                        "default: block",
                        "default: ^allow",
                        "E217 \"default\" is said otherwise in people.yaml, line 3"),
                mistake(
                        PEOPLE,
                        "roles: [analyst,",
                        "roles: [^anlyst,",
                        "E215 unknown role \"anlyst\", did you mean \"analyst\"?"),
                mistake(
                        PEOPLE,
                        "upstreams: [shop, arch",
                        "upstreams: [^shpo, arch",
                        "E215 unknown upstream \"shpo\", did you mean \"shop\"?"),
                mistake(
                        PEOPLE,
                        "may_use: [ro, rw]",
                        "may_use: [ro, ^wr]",
                        "E215 unknown login \"wr\", did you mean \"rw\"?"),
                mistake(
                        PEOPLE,
                        "other: 10s",
                        "other: ^10",
                        "E206 \"10\" is not a good \"approvals.review.hold.other\": a duration is a number and a unit of ms, s, m, h, d, such as 15m"),
                mistake(
                        PEOPLE,
                        "needed: 1",
                        "needed: ^none",
                        "E205 \"approvals.review.needed\": expected a whole number, found the text \"none\""),
                mistake(
                        PEOPLE,
                        "kinds: [agent]",
                        "kinds: [^agnet]",
                        "E214 unknown kind of user \"agnet\", did you mean \"agent\"?"),
                mistake(
                        SERVER,
                        "schema_refresh: 30s",
                        "^shcema_refresh: 30s",
                        "E203 unknown key \"shcema_refresh\" in \"upstreams\", did you mean \"schema_refresh\"?"),
                mistake(
                        SERVER,
                        "default: true",
                        "default: ^yes",
                        "E205 \"upstreams.default\": expected true or false, found the text \"yes\""),
                mistake(
                        SERVER,
                        "pci: \"true\"",
                        "pci: ^true",
                        "E205 \"upstreams.labels.pci\": expected a text (put it in quotes), found true"),
                mistake(
                        SERVER,
                        "\"db.shop.test:5433\"",
                        "^\"db.shop.test\"",
                        "E206 \"db.shop.test\" is not a good \"upstreams.address\": an address is a host and a port, such as 127.0.0.1:6432"),
                mistake(
                        SERVER,
                        "mode: disable",
                        "mode: ^disabled",
                        "E214 unknown tls mode \"disabled\", did you mean \"disable\"?"),
                mistake(SERVER, "- name: archive", "- name: ^shop", "E207 an upstream \"shop\" exists already"),
                mistake(
                        SERVER,
                        "${env:SHOP_RO}",
                        "^${env:SHOP_R0}",
                        "E210 the environment variable SHOP_R0 is not set, and has no default"),
                mistake(
                        SERVER,
                        "${env:SHOP_RO}",
                        "^${cred:shop-ro}",
                        "E210 ${cred:shop-ro} needs $CREDENTIALS_DIRECTORY, which is not set; systemd's LoadCredential= sets it"),
                mistake(
                        SERVER,
                        "${env:SHOP_RO}",
                        "^${vault:shop}",
                        "E210 \"${vault:shop}\" is not known; possible: ${env:NAME}, ${env:NAME:-default}, ${file:/path}, ${cred:name}"),
                mistake(
                        SERVER,
                        "\"127.0.0.0/8\"",
                        "^\"127.0.0.1/8\"",
                        "E206 \"127.0.0.1/8\" is not a good \"identity.local_users.source\": the address has bits beyond the first 8"),
                mistake(
                        SERVER,
                        "min_free: 1GiB",
                        "min_free: ^1Gib",
                        "E206 \"1Gib\" is not a good \"journal.disk.min_free\": a size is a number and a unit of kB, MB, GB, TB, KiB, MiB, GiB, TiB, such as 10GiB"),
                mistake(
                        SERVER,
                        "on_error: fail_closed",
                        "on_error: ^fail_open",
                        "E214 unknown on_error \"fail_open\"; possible: fail_closed"),
                mistake(
                        SERVER,
                        "name: shop-fw",
                        "name: shop-fw\n^name: again",
                        "E202 \"name\" stands here twice, first in line 4"),
                mistake(
                        SERVER,
                        "\"127.0.0.1:0\"",
                        "^\"0.0.0.0:0\"",
                        "E218 \"0.0.0.0:0\" is reachable from other machines, and passwords would cross the network in clear; give \"listen.tls\" a certificate, or listen on 127.0.0.1"),
                mistake(
                        SERVER,
                        "kind: Server",
                        "kind: ^Policy",
                        "E214 unknown kind of file \"Policy\"; possible: Server"),
                mistake(SERVER, "log: { format", "log: { <<: ^*x, format", "E201 not YAML: found undefined alias x"));
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("mistakes")
    void aMistakeIsToldWhereItIs(String file, String good, String marked, String expected) {
        String bad = marked.replace("^", "");
        Fixture fixture = Fixture.shop(folder);
        int place = fixture.read(file).indexOf(good) + marked.indexOf('^');
        String before = fixture.replaceFirst(file, good, bad).read(file).substring(0, place);
        long line = before.lines().count() + (before.endsWith("\n") ? 1 : 0);
        int column = before.length() - before.lastIndexOf('\n');

        Loaded loaded = fixture.load();

        assertThat(loaded.problems().stream().filter(Problem::isError).filter(p -> p.file()
                        .equals(file)))
                .extracting(p -> p.line() + ":" + p.column() + " " + p.code().text() + " " + p.message())
                .containsExactly(line + ":" + column + " " + expected);
        assertThat(loaded.configuration()).isEmpty();
    }

    @Test
    void aSecretFileOthersMayReadIsToldWithItsMode() {
        Loaded loaded = Fixture.shop(folder).mode("archive.secret", "rw-r--r--").load();

        assertThat(loaded.problems())
                .extracting(p -> p.code().text() + " " + p.line() + " " + p.message())
                .containsExactly("E211 27 " + folder.resolve("archive.secret")
                        + " may be read by others (mode 0644); chmod 600 it");
    }

    @Test
    void aMissingSecretFileIsTold() {
        Loaded loaded = Fixture.shop(folder).delete("archive.secret").load();

        assertThat(loaded.problems())
                .extracting(p -> p.code().text() + " " + p.line() + " " + p.message())
                .containsExactly("E212 27 there is no file " + folder.resolve("archive.secret"));
    }

    @Test
    void aSecretInClearIsAWarningAndAnErrorWhenStrict() {
        Fixture fixture = Fixture.shop(folder).replaceFirst(SERVER, "\"${env:SHOP_RO}\"", "hunter2");

        Loaded lenient = fixture.load();
        assertThat(lenient.problems()).extracting(p -> p.code().text()).containsExactly("W102");
        assertThat(lenient.configuration()).isPresent();
        Loaded strict = fixture.loadStrictly();
        assertThat(strict.report())
                .contains("  error W102 gatehouse.yaml:21:49  \"upstreams.logins.password\" holds a secret");
        assertThat(strict.configuration()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: hunter2",
                "password: \"hunter2\"",
                "passwort: hunter2",
                "password: 4711",
                "password: [hunter2]",
                "password: \"${env:SHOP_RO}\", password: hunter2",
                "password: \"${env:NOT_SET}\", passwort: hunter2",
            })
    void noLineShowsASecret(String written) {
        Loaded loaded = Fixture.shop(folder)
                .replaceFirst(SERVER, "password: \"${env:SHOP_RO}\"", written)
                .load();

        assertThat(loaded.problems()).isNotEmpty();
        assertThat(loaded.report()).contains("•••").doesNotContain("hunter2").doesNotContain("4711");
    }

    @Test
    void noMessageShowsASecret() {
        Loaded loaded = Fixture.shop(folder)
                .variable("HASH", "hunter2")
                .replaceFirst(SERVER, "address: \"db.shop.test:5433\"", "address: \"${env:SHOP_RO}\"")
                .load();

        assertThat(loaded.hasErrors()).isTrue();
        assertThat(loaded.report()).doesNotContain("hunter2").doesNotContain("ro-secret");
        assertThat(Fixture.shop(folder.resolve("again")).load().toString()).doesNotContain("ro-secret");
    }

    @Test
    void aMergeKeyIsRefusedAndAnAnchorIsNot() {
        Loaded anchors = Fixture.shop(folder)
                .replaceFirst(PEOPLE, "upstreams: [shop, archive]", "upstreams: &both [shop, archive]")
                .load();
        assertThat(anchors.problems()).isEmpty();

        Loaded merge = Fixture.shop(folder.resolve("again"))
                .replaceFirst(SERVER, "tls: { mode: disable }", "tls: &t { mode: disable }")
                .replaceFirst(SERVER, "    logins: [{ name: ro", "    tls: { <<: *t }\n    logins: [{ name: ro")
                .load();
        assertThat(merge.problems())
                .extracting(p -> p.code().text() + " " + p.line() + ":" + p.column())
                .containsExactly("E208 27:12");
    }

    @Test
    void aPolicyFolderWithoutFilesIsTold() {
        Loaded loaded = Fixture.shop(folder).delete(PEOPLE).delete(RULES).load();

        assertThat(loaded.problems())
                .extracting(Problem::text)
                .containsExactly("  error E216 policy.d  there is no *.yaml in " + folder.resolve("policy.d")
                        + ", and without a policy nothing may run");
        assertThat(loaded.configuration()).isEmpty();
    }

    @Test
    void aMissingServerFileIsTold() {
        Loaded loaded = Fixture.shop(folder).delete(SERVER).load();

        assertThat(loaded.report()).contains("error E200 gatehouse.yaml  there is no such file: ");
        assertThat(loaded.configuration()).isEmpty();
    }

    @Test
    void aFileWithAnotherEndingIsToldAsNotRead() {
        Loaded loaded = Fixture.shop(folder)
                .write("policy.d/extra.yml", "kind: Policy\n")
                .write("policy.d/.hidden.yaml", "nonsense")
                .load();

        assertThat(loaded.problems())
                .extracting(p -> p.code().text() + " " + p.file())
                .containsExactly("W104 policy.d/extra.yml");
        assertThat(loaded.configuration()).isPresent();
    }

    @Test
    void aRoleNobodyHasAndALabelNoUpstreamHasAreTold() {
        Loaded loaded = Fixture.shop(folder)
                .replaceFirst(PEOPLE, "groups: [backend]", "groups: [backends]")
                .replaceFirst(RULES, "labels: { env: prod }", "labels: { env: production }")
                .load();

        assertThat(loaded.problems())
                .extracting(p -> p.code().text() + " " + p.file() + ":" + p.line() + " " + p.message())
                .containsExactly(
                        "W311 policy.d/people.yaml:7 no local user has the role \"engineer\"",
                        "W312 policy.d/rules.yaml:34 no upstream has the label \"env: production\"");
        assertThat(loaded.configuration()).isPresent();
    }

    @Test
    void aFileThatContainsItselfIsReadToAnEnd() {
        Loaded loaded = Fixture.shop(folder)
                .replaceFirst(RULES, "who: { not: { roles: [lead] } }", "who: &w { not: *w }")
                .load();

        assertThat(loaded.hasErrors()).isTrue();
    }
}
