package dev.gatehouse.gateway.net;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;

/**
 * Makes of a certificate what stands for the connections it accepts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5929#section-4.1">RFC 5929, tls-server-end-point</a>
 */
final class EndPoint {

    private EndPoint() {}

    /** The certificate's hash, by the hash function of its signature; empty where that names none. */
    static byte[] of(Certificate certificate) {
        try {
            String function = certificate instanceof X509Certificate x509 ? function(x509) : "";
            return function.isEmpty()
                    ? new byte[0]
                    : MessageDigest.getInstance(function).digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            return new byte[0];
        }
    }

    /** MD5 and SHA-1 are too weak to stand for anything; the RFC puts SHA-256 in their place. */
    private static String function(X509Certificate certificate) throws GeneralSecurityException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        int with = signature.indexOf("WITH");
        String function = with > 0 ? signature.substring(0, with) : "";
        if (signature.equals("RSASSA-PSS")) {
            function = pss(certificate).getDigestAlgorithm().toUpperCase(Locale.ROOT);
        }
        return switch (function) {
            case "MD2", "MD5", "SHA1", "SHA-1" -> "SHA-256";
            default ->
                function.matches("SHA[0-9].*") && !function.startsWith("SHA3-")
                        ? "SHA-" + function.substring(3)
                        : function;
        };
    }

    private static PSSParameterSpec pss(X509Certificate certificate) throws GeneralSecurityException {
        var parameters = java.security.AlgorithmParameters.getInstance("RSASSA-PSS");
        try {
            parameters.init(certificate.getSigAlgParams());
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException("the signature's parameters cannot be read", e);
        }
        return parameters.getParameterSpec(PSSParameterSpec.class);
    }
}
