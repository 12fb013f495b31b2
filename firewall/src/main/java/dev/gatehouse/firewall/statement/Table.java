package dev.gatehouse.firewall.statement;

/**
 * A relation, by its resolved name.
 *
 * @param schema the PostgreSQL schema or MySQL database; {@link #UNKNOWN} when it could not be resolved
 * @param name the relation's name, as the catalog spells it
 */
public record Table(String schema, String name) {

    /** Stands for a schema that could not be resolved: policy lets it match every block and approve pattern, and no allow. */
    public static final String UNKNOWN = "?";

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
