package dev.gatehouse.firewall.session;

/** A credential the gateway holds. Prints as dots, so that no log, error or dump shows it. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The secret itself, for the one place that must use it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "••••";
    }
}
