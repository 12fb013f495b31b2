package dev.gatehouse.console.signin;

import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Subject;
import java.net.InetAddress;
import java.util.Optional;

/** Those who may sign in by a password that the gateway itself keeps. Safe for many threads. */
public interface People {

    /**
     * What a password of this user is checked against. For a name that nobody has: credentials that no password fits and that
     * take as long.
     */
    Credentials credentials(String name);

    /** The person of that name, if it is a person, may sign in here by a password alone, and may come from there. */
    Optional<Subject> find(String name, InetAddress source);
}
