package dev.gatehouse.firewall.session;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Answers a protocol engine's questions while a client logs in: what proves this user, and where may they go. */
public interface Entrance {

    /**
     * What a password of this user is checked against. An unknown user gets credentials that no password fits and that look
     * the same at every try, so that a client cannot tell the two apart.
     */
    Credentials credentials(String user);

    /** Whether a client has shown all that is asked of this user by its certificate. */
    boolean isProved(String user, Arrival arrival);

    /**
     * Decides where a client that has proved its password goes, or that {@link #isProved}. Here it is checked too whether the
     * client has shown the certificate that the user must have.
     *
     * @param number the number of the connection, and of the session it may become
     * @param user the verified name
     * @param database the database name the client gave; may name an upstream, {@code upstream/database}, or a database
     * @param options the startup options, among them {@code application_name} and {@code gatehouse.login}
     */
    Admission admit(long number, String user, String database, Arrival arrival, Map<String, String> options);

    /** Whether what this user tells as the password is taken for a token; never in clear text. */
    boolean takesTokens(String user, Arrival arrival);

    /**
     * Checks a token that was told as this user's password. Takes a moment, so not for an event loop.
     *
     * @return completes on whatever thread, at the latest when the identity provider has not answered in time
     */
    CompletionStage<TokenVerdict> verify(String user, String token);

    /** Decides as {@link #admit(long, String, String, Arrival, Map)} where a client goes whose token holds. */
    Admission admit(long number, Pass pass, String database, Arrival arrival, Map<String, String> options);

    /** Told when an admitted session has ended, once for each admission. */
    void left(Session session);

    /** The answer to {@link #admit}. */
    sealed interface Admission {

        /** The client may enter. */
        record Admitted(Session session) implements Admission {}

        /**
         * The client may not enter.
         *
         * @param reason the kind of refusal, which decides the SQLSTATE
         * @param message the whole answer in one line
         * @param hint what to do; may be empty
         */
        record Denied(Reason reason, String message, String hint) implements Admission {}
    }

    /** Why a client is turned away at login. */
    enum Reason {
        /** The identity or its source is not allowed. */
        NOT_ALLOWED,
        /** No upstream of that name, or none this user may reach. */
        UNKNOWN_DATABASE,
        /** A limit of sessions is reached. */
        TOO_MANY
    }
}
