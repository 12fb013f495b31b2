package dev.gatehouse.firewall.session;

/** What became of a token that a client has told as its password. */
public sealed interface TokenVerdict {

    /** It holds. */
    record Accepted(Pass pass) implements TokenVerdict {}

    /**
     * It does not hold.
     *
     * @param reason why, for the log and the journal; quotes nothing of a token whose signature does not hold
     * @param hint what the client may know of it; empty for nothing
     */
    record Refused(String reason, String hint) implements TokenVerdict {}

    /**
     * Nobody can tell whether it holds, so that it does not.
     *
     * @param reason why, for the log and the journal
     */
    record Unavailable(String reason) implements TokenVerdict {}
}
