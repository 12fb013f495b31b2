package dev.gatehouse.firewall.session;

import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * The name a user's certificate must carry: its common name, or, where there is a {@code =} in it, its whole distinguished
 * name, as PostgreSQL's {@code clientname=CN} and {@code clientname=DN} compare them: to the letter.
 *
 * @param text as configured
 * @see <a href="https://www.postgresql.org/docs/current/auth-cert.html">Certificate Authentication</a>
 */
public record CertificateName(String text) {

    /** @throws IllegalArgumentException if the text is empty, or neither kind of name */
    public CertificateName {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the name of a certificate is empty");
        }
        if (isWhole(text)) {
            text = new X500Principal(text).getName(X500Principal.RFC2253);
        }
    }

    private static boolean isWhole(String text) {
        return text.indexOf('=') >= 0;
    }

    /** Whether a certificate issued to this subject carries the name; one with several common names carries none. */
    public boolean isOf(X500Principal subject) {
        String whole = subject.getName(X500Principal.RFC2253);
        return isWhole(text) ? text.equals(whole) : commonNames(whole).equals(List.of(text));
    }

    private static List<String> commonNames(String whole) {
        List<String> names = new ArrayList<>();
        try {
            for (Rdn rdn : new LdapName(whole).getRdns()) {
                Attribute values = rdn.toAttributes().get("CN");
                for (int i = 0; values != null && i < values.size(); i++) {
                    names.add(String.valueOf(values.get(i)));
                }
            }
        } catch (NamingException e) {
            throw new IllegalStateException("RFC 2253 names can be read", e);
        }
        return names;
    }
}
