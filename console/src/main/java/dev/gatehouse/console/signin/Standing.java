package dev.gatehouse.console.signin;

import dev.gatehouse.firewall.session.Subject;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Whether somebody who has signed in still may be here, and who they are now: asked at every request, so that whoever is
 * removed is gone at once. Each way of signing in has its own.
 */
@FunctionalInterface
public interface Standing {

    /** The person with the groups they have now; empty when they may not be here any more, or not from there. */
    Optional<Subject> now(InetAddress source);
}
