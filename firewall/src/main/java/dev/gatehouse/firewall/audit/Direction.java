package dev.gatehouse.firewall.audit;

/** Which way a frame went. */
public enum Direction {
    FROM_CLIENT,
    TO_CLIENT
}
