package dev.gatehouse.firewall.session;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * One client's connection after login: the facts that do not change while it lasts.
 *
 * @param number unique number, see {@link Id}
 * @param subject who is asking
 * @param upstream the server it was let in to
 * @param database the database on that server
 * @param login the held credential in use
 * @param source the client's address
 * @param application what the client calls itself ({@code application_name}); may be empty, is not verified
 * @param encrypted whether the client's connection is under TLS
 * @param until when it ends at the latest; empty where nothing limits it
 * @param wishes what its client said as it connected
 */
public record Session(
        long number,
        Subject subject,
        Upstream upstream,
        String database,
        Login login,
        InetAddress source,
        String application,
        boolean encrypted,
        Optional<Instant> until,
        Wishes wishes) {

    /** One that lasts as long as its client wants. */
    public Session(
            long number,
            Subject subject,
            Upstream upstream,
            String database,
            Login login,
            InetAddress source,
            String application,
            boolean encrypted) {
        this(number, subject, upstream, database, login, source, application, encrypted, Optional.empty(), Wishes.NONE);
    }

    /** The session's id as people see it. */
    public String id() {
        return Id.text(Id.SESSION, number);
    }
}
