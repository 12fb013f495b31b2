package dev.gatehouse.firewall.session;

/**
 * A credential the gateway holds for an upstream; users never see it.
 *
 * @param name the name policy files use for it, such as {@code ro}
 * @param username the database user
 * @param password the database user's password; empty where the server asks for none
 */
public record Login(String name, String username, Secret password) {}
