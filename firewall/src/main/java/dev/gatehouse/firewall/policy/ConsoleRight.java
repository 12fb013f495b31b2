package dev.gatehouse.firewall.policy;

/**
 * What a role gives its members in the console. Each right holds those before it. Deciding is none of them: who decides is
 * said by the flows alone.
 */
public enum ConsoleRight {
    /** Sees every request, and how the gateway is. */
    VIEW,
    /** Takes back any request. */
    OPERATE
}
