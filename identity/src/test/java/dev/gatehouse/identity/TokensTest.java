package dev.gatehouse.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.firewall.policy.Glob;
import dev.gatehouse.firewall.session.Pass;
import dev.gatehouse.firewall.session.Subject;
import dev.gatehouse.firewall.session.TokenVerdict;
import dev.gatehouse.identity.testing.TestIssuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TokensTest {

    private static final String MAYA = "maya@acme.test";
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Provider.Reading READING =
            new Provider.Reading("email", "groups", Optional.empty(), Optional.empty(), false);

    private final AtomicLong nanos = new AtomicLong();
    private Instant now = Instant.now();
    private final TestIssuer issuer;
    private Tokens tokens;

    TokensTest() throws Exception {
        issuer = TestIssuer.start();
        tokens = tokens(READING, Map.of(), Provider.algorithms());
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private Tokens tokens(Provider.Reading reading, Map<String, String> claims, Set<String> algorithms) {
        Provider provider = new Provider(
                "acme",
                issuer.issuer(),
                new Provider.Client(TestIssuer.CLIENT, Optional.empty(), List.of("openid")),
                Optional.empty(),
                new Provider.Demands(Set.of(TestIssuer.CLIENT), algorithms, claims, SKEW, Duration.ofHours(8)),
                reading,
                List.of(new Glob("*@*")),
                true);
        InstantSource clock = () -> now;
        return new Tokens(List.of(provider), clock, nanos::get, Runnable::run);
    }

    private TokenVerdict verdict(String token) {
        return tokens.verify(MAYA, token).toCompletableFuture().join();
    }

    private String refusal(String token) {
        TokenVerdict verdict = verdict(token);
        assertThat(verdict).isInstanceOf(TokenVerdict.Refused.class);
        return ((TokenVerdict.Refused) verdict).reason();
    }

    private Pass pass(String token) {
        TokenVerdict verdict = verdict(token);
        assertThat(verdict).isInstanceOf(TokenVerdict.Accepted.class);
        return ((TokenVerdict.Accepted) verdict).pass();
    }

    @Test
    void aTokenSaysWhoSomebodyIsAndUntilWhen() {
        Pass pass = pass(issuer.token(MAYA));

        assertThat(pass.subject())
                .isEqualTo(new Subject(MAYA, Subject.Kind.HUMAN, Set.of("engineers"), Optional.empty()));
        assertThat(pass.until()).isBetween(now.plusSeconds(290), now.plusSeconds(310));
    }

    @Test
    void aSessionLastsNoLongerThanPolicySays() {
        Date later = Date.from(now.plus(Duration.ofDays(30)));
        assertThat(pass(issuer.token(MAYA, claims -> claims.expirationTime(later)))
                        .until())
                .isEqualTo(now.plus(Duration.ofHours(8)));
    }

    @Test
    void kindAndOwnerComeFromClaimsWhereTheyAreConfigured() {
        tokens = tokens(
                new Provider.Reading("email", "realm_access.roles", Optional.of("kind"), Optional.of("owner"), false),
                Map.of(),
                Provider.algorithms());
        String agent = issuer.token(MAYA, claims -> claims.claim("kind", "agent")
                .claim("owner", "dana@acme.test")
                .claim("realm_access", Map.of("roles", List.of("ai"))));

        assertThat(pass(agent).subject())
                .isEqualTo(new Subject(MAYA, Subject.Kind.AGENT, Set.of("ai"), Optional.of("dana@acme.test")));
        assertThat(refusal(issuer.token(MAYA, claims -> claims.claim("kind", "robot"))))
                .contains("\"kind\"");
        assertThat(refusal(issuer.token(MAYA))).contains("\"kind\"");
    }

    @Test
    void clocksMayDifferALittle() {
        String token = issuer.token(MAYA, claims -> claims.expirationTime(Date.from(now.minusSeconds(20))));
        assertThat(pass(token).until()).isBetween(now, now.plus(SKEW));
        now = now.plusSeconds(11);
        assertThat(refusal(token)).contains("expired");
    }

    @Test
    void aTokenOfAnotherTimeIsRefused() {
        Date later = Date.from(now.plusSeconds(60));
        assertThat(refusal(issuer.token(MAYA, claims -> claims.notBeforeTime(later))))
                .contains("nbf");
        assertThat(refusal(issuer.token(MAYA, claims -> claims.issueTime(later))))
                .contains("iat");
        assertThat(refusal(issuer.token(MAYA, claims -> claims.expirationTime(null))))
                .contains("exp");
    }

    @Test
    void aTokenForOthersOrOfOthersIsRefused() {
        assertThat(refusal(issuer.token(MAYA, claims -> claims.audience("another"))))
                .contains("aud");
        assertThat(refusal(issuer.token(MAYA, claims -> claims.audience((String) null))))
                .contains("aud");
        assertThat(refusal(issuer.token("lena@acme.test"))).contains("another user's");
        assertThat(refusal(issuer.token("Maya@acme.test"))).contains("another user's");
        assertThat(refusal(issuer.token(MAYA, claims -> claims.issuer("https://evil.test"))))
                .contains("issuer");
        assertThat(refusal(issuer.token(MAYA, claims -> claims.claim("email", List.of(MAYA)))))
                .contains("\"email\"");
        assertThat(refusal(issuer.token(MAYA, claims -> claims.claim("email_verified", false))))
                .contains("verified");
        assertThat(pass(issuer.token(MAYA, claims -> claims.claim("email_verified", true))))
                .isNotNull();
    }

    @Test
    void whatElseProvidersSignIsNoToken() {
        assertThat(refusal(issuer.token(MAYA, claims -> claims.claim("typ", "Refresh"))))
                .contains("no access token");
        assertThat(refusal(issuer.token(MAYA, claims -> claims.claim("events", Map.of()))))
                .contains("no access token");
        assertThat(refusal(issuer.token(MAYA, claims -> claims.claim("cnf", Map.of("jkt", "x")))))
                .contains("cnf");
        String logout = TestIssuer.sign(
                TestIssuer.header(issuer.key())
                        .type(new JOSEObjectType("logout+jwt"))
                        .build(),
                issuer.claims(MAYA).build(),
                issuer.key());
        assertThat(refusal(logout)).contains("type");
    }

    @Test
    void requiredClaimsMustBeThere() {
        tokens = tokens(READING, Map.of("amr", "mfa"), Provider.algorithms());
        assertThat(refusal(issuer.token(MAYA))).contains("\"amr\"");
        assertThat(refusal(issuer.token(MAYA, claims -> claims.claim("amr", List.of("pwd")))))
                .contains("\"amr\"");
        assertThat(pass(issuer.token(MAYA, claims -> claims.claim("amr", List.of("pwd", "mfa")))))
                .isNotNull();
        assertThat(pass(issuer.token(MAYA, claims -> claims.claim("amr", "mfa"))))
                .isNotNull();
    }

    @Test
    void noTokenIsTakenWithoutTheIssuersSignature() throws Exception {
        JWTClaimsSet claims = issuer.claims(MAYA).build();
        assertThat(refusal(new PlainJWT(claims).serialize())).contains("no signed token");

        RSAKey other = new RSAKeyGenerator(2048).keyID(issuer.key().getKeyID()).generate();
        assertThat(refusal(TestIssuer.sign(TestIssuer.header(other).build(), claims, other)))
                .contains("not signed");

        String good = issuer.token(MAYA);
        String[] parts = good.split("\\.", -1);
        String forged = parts[0] + "."
                + Base64URL.encode(issuer.claims(MAYA)
                        .claim("groups", List.of("dba"))
                        .build()
                        .toString()) + "." + parts[2];
        assertThat(refusal(forged)).contains("not signed");
        String none = Base64URL.encode("{\"alg\":\"none\"}") + "." + parts[1] + ".";
        assertThat(refusal(none)).contains("no signed token");
    }

    /** The provider's public key is known to everybody: it must not be taken for a shared secret. */
    @Test
    void aPublicKeyIsNoSharedSecret() throws Exception {
        for (byte[] secret : List.of(
                issuer.key().toRSAPublicKey().getEncoded(),
                issuer.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            SignedJWT confused = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(issuer.key().getKeyID())
                            .build(),
                    issuer.claims(MAYA).build());
            confused.sign(new MACSigner(secret));
            assertThat(refusal(confused.serialize())).contains("algorithm");
        }
    }

    @Test
    void aHeaderBringsNoKeyAlong() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).keyID("own").generate();
        JWTClaimsSet claims = issuer.claims(MAYA).build();
        assertThat(refusal(TestIssuer.sign(
                        TestIssuer.header(own).jwk(own.toPublicJWK()).build(), claims, own)))
                .contains("\"jwk\"");
        assertThat(refusal(TestIssuer.sign(
                        TestIssuer.header(own)
                                .jwkURL(URI.create("https://evil.test/keys"))
                                .build(),
                        claims,
                        own)))
                .contains("\"jku\"");
        assertThat(refusal(TestIssuer.sign(
                        TestIssuer.header(own)
                                .x509CertURL(URI.create("https://evil.test/c"))
                                .build(),
                        claims,
                        own)))
                .contains("\"x5u\"");
        assertThat(refusal(TestIssuer.sign(
                        TestIssuer.header(issuer.key())
                                .criticalParams(Set.of("x"))
                                .customParam("x", 1)
                                .build(),
                        claims,
                        issuer.key())))
                .contains("\"crit\"");
    }

    @Test
    void onlyTheAlgorithmsThatAreConfiguredCount() {
        tokens = tokens(READING, Map.of(), Set.of("ES256"));
        assertThat(refusal(issuer.token(MAYA))).contains("algorithm");
    }

    @Test
    void aNewKeyIsFoundAtOnceAndAGoneOneNoLongerCounts() {
        String old = issuer.token(MAYA);
        assertThat(pass(old)).isNotNull();
        issuer.rotate();
        assertThat(pass(issuer.token(MAYA))).isNotNull();
        assertThat(refusal(old)).contains("not signed");
    }

    @Test
    void aNewKeyMayHaveTheNameOfAnOldOne() {
        assertThat(pass(issuer.token(MAYA))).isNotNull();
        issuer.replaceKey();
        assertThat(pass(issuer.token(MAYA))).isNotNull();
    }

    @Test
    void nobodyMakesTheGatewayAskAsOftenAsTheyLike() throws Exception {
        JWTClaimsSet claims = issuer.claims(MAYA).build();
        assertThat(pass(issuer.token(MAYA))).isNotNull();
        RSAKey own = new RSAKeyGenerator(2048).generate();
        for (int i = 0; i < 100; i++) {
            RSAKey named = new RSAKey.Builder(own).keyID("key " + i).build();
            assertThat(verdict(TestIssuer.sign(TestIssuer.header(named).build(), claims, named)))
                    .isNotInstanceOf(TokenVerdict.Accepted.class);
        }
        assertThat(issuer.keyQuestions()).isEqualTo(5);
        assertThat(pass(issuer.token(MAYA))).isNotNull();
        issuer.rotate();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(pass(issuer.token(MAYA))).isNotNull();
    }

    @Test
    void keysCountForAWhileWhenTheProviderDoesNotAnswer() {
        assertThat(pass(issuer.token(MAYA))).isNotNull();
        issuer.fail(true);
        nanos.addAndGet(KeyRing.LIFETIME.toNanos());
        assertThat(pass(issuer.token(MAYA))).isNotNull();
        nanos.addAndGet(1);
        assertThat(verdict(issuer.token(MAYA))).isInstanceOf(TokenVerdict.Unavailable.class);
        issuer.fail(false);
        assertThat(pass(issuer.token(MAYA))).isNotNull();
    }

    @Test
    void aProviderThatWasNeverReachedLetsNobodyIn() {
        issuer.fail(true);
        assertThat(verdict(issuer.token(MAYA))).isInstanceOf(TokenVerdict.Unavailable.class);
        issuer.close();
        assertThat(verdict(issuer.token(MAYA))).isInstanceOf(TokenVerdict.Unavailable.class);
    }

    @Test
    void keysAreAskedForAgainBehindWhatGoesOn() {
        assertThat(pass(issuer.token(MAYA))).isNotNull();
        String old = issuer.token(MAYA);
        issuer.rotate();
        nanos.addAndGet(KeyRing.FRESH.toNanos() + 1);
        assertThat(pass(old)).isNotNull();
        await(() -> verdict(old) instanceof TokenVerdict.Refused);
    }

    private static void await(BooleanSupplier until) {
        while (!until.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void keysOfOtherKindsAndWeakOnesDoNotCount() throws Exception {
        JWSHeader header = TestIssuer.header(issuer.key()).build();
        RSAKey weak =
                new RSAKeyGenerator(1024, true).keyID(issuer.key().getKeyID()).generate();
        assertThat(Signature.fits(issuer.key(), header)).isTrue();
        assertThat(Signature.fits(weak, header)).isFalse();
        assertThat(Signature.fits(
                        new ECKeyGenerator(Curve.P_256)
                                .keyID(issuer.key().getKeyID())
                                .generate(),
                        header))
                .isFalse();
        assertThat(Signature.fits(
                        new RSAKey.Builder(issuer.key().toPublicJWK().toRSAKey())
                                .keyUse(KeyUse.ENCRYPTION)
                                .build(),
                        header))
                .isFalse();
    }

    @Test
    void textsThatAreNoTokensAreRefused() {
        for (String text :
                List.of("", ".", "..", "a.b.c", "demo", "e30.e30.e30", "x".repeat(20_000), "\u0000.\ud800.")) {
            assertThat(refusal(text)).doesNotContain("Exception");
        }
    }

    @Test
    void onlyNamesThatAProviderMayVouchForAreItsOwn() {
        assertThat(tokens.mayVouchFor(MAYA)).isTrue();
        assertThat(tokens.mayVouchFor("etl-nightly")).isFalse();
        TokenVerdict verdict = tokens.verify("root", issuer.token("root"))
                .toCompletableFuture()
                .join();
        assertThat(verdict).isInstanceOf(TokenVerdict.Refused.class);
    }
}
