package dev.gatehouse.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a token's header may say, and whether its signature holds. The key is always one of the provider's own: what a header
 * brings along is refused, and a key counts only for the algorithms of its kind, so that none is taken for a shared secret.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token Best Current Practices</a>
 */
final class Signature {

    private static final int LEAST_RSA_BITS = 2048;
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final List<String> BROUGHT_ALONG = List.of("jwk", "jku", "x5u", "crit", "b64", "zip");

    private Signature() {}

    /** What is wrong with a header; empty where nothing is. */
    static Optional<String> objection(JWSHeader header, Set<String> algorithms) {
        if (!algorithms.contains(header.getAlgorithm().getName())) {
            return Optional.of("it is signed by an algorithm that is not taken");
        }
        if (header.getType() != null
                && !TYPES.contains(header.getType().getType().toLowerCase(Locale.ROOT))) {
            return Optional.of("it is of a type that is no access token and no ID token");
        }
        return BROUGHT_ALONG.stream()
                .filter(header.toJSONObject()::containsKey)
                .findFirst()
                .map(name -> "its header has \"" + name + "\"");
    }

    /** Whether a key may have signed what has this header. */
    static boolean fits(JWK key, JWSHeader header) {
        JWSAlgorithm algorithm = header.getAlgorithm();
        boolean kind = key instanceof RSAKey rsa
                ? JWSAlgorithm.Family.RSA.contains(algorithm) && rsa.size() >= LEAST_RSA_BITS
                : key instanceof ECKey && JWSAlgorithm.Family.EC.contains(algorithm);
        return kind
                && (header.getKeyID() == null || header.getKeyID().equals(key.getKeyID()))
                && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    /** Whether one of these keys has signed the token. */
    static boolean holds(SignedJWT token, List<JWK> keys) {
        return keys.stream().anyMatch(key -> holds(token, key));
    }

    private static boolean holds(SignedJWT token, JWK key) {
        try {
            JWSVerifier verifier =
                    key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier(key.toECKey());
            return token.verify(verifier);
        } catch (JOSEException e) {
            return false; // An elliptic curve of another algorithm, such as ES256 with P-384.
        }
    }
}
