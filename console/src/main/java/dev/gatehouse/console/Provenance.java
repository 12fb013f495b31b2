package dev.gatehouse.console;

import dev.gatehouse.console.api.Problem;
import dev.gatehouse.console.api.Problem.Code;
import dev.gatehouse.console.signin.WebSession;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells requests of the console's own pages, and of programs, from those that another site has a browser send. Each of three
 * things would do: that the cookie is of the same site alone, that browsers say which page sends, and that every page of a
 * session holds a pass which no other page can know.
 */
final class Provenance {

    private final Optional<String> publicOrigin;

    /** @param publicUrl how browsers reach the console, where that is not by its own address */
    Provenance(Optional<URI> publicUrl) {
        this.publicOrigin = publicUrl.map(url -> url.getScheme() + "://" + url.getRawAuthority());
    }

    /**
     * Checks where a request comes from that changes something.
     *
     * @throws Problem if it is not from here
     */
    void check(Visit visit) {
        boolean foreign = visit.header("sec-fetch-site")
                .map(site -> !site.equals("same-origin") && !site.equals("none"))
                .orElse(false);
        // Browsers say where a form is from; a program need not, but then it sends what no form can.
        boolean own = visit.header(HttpHeaderNames.ORIGIN)
                .map(origin -> isOwn(origin, visit))
                .orElse(visit.isJson());
        if (foreign || !own) {
            throw new Problem(
                    Code.NOT_PERMITTED,
                    "this was not sent by a page of this console",
                    "behind a proxy, listen.web.public_url says how browsers reach it",
                    "");
        }
    }

    /**
     * Checks that a request that changes something is of the session that it comes with.
     *
     * @param pass what it brings along
     * @throws Problem if it is not
     */
    void check(Visit visit, WebSession session, String pass) {
        check(visit);
        if (!MessageDigest.isEqual(utf8(pass), utf8(session.pass()))) {
            throw new Problem(
                    Code.NOT_PERMITTED,
                    "the page is of another session; load it again",
                    "the header X-Gatehouse-Pass",
                    "");
        }
    }

    private boolean isOwn(String origin, Visit visit) {
        String here = (visit.encrypted() ? "https://" : "http://")
                + visit.header(HttpHeaderNames.HOST).orElse("").toLowerCase(Locale.ROOT);
        return origin.equals(here) || publicOrigin.filter(origin::equals).isPresent();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
