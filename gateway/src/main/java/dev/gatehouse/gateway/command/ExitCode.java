package dev.gatehouse.gateway.command;

/** What a command's exit status says; scripts rely on the numbers. */
public enum ExitCode {
    /** Done, or allowed. */
    DONE(0),
    FAILED(1),
    USAGE(2),
    /** The configuration or the policy is invalid. */
    INVALID(3),
    /** Blocked or rejected by policy or by a reviewer. */
    REFUSED(4),
    /** An approval is pending. */
    PENDING(5),
    NOT_FOUND(6),
    /** Not authenticated, or not permitted. */
    NOT_PERMITTED(7),
    /** The appliance cannot be reached, or did not answer in time. */
    UNREACHABLE(8),
    /** The journal's integrity is broken. */
    JOURNAL(9);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The process's exit status. */
    public int status() {
        return status;
    }
}
