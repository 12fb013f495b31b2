package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Table;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps everybody from what the server's own tables say of how logins prove themselves, there and on other servers: those that
 * the gateway holds are among them. No rule allows it.
 */
final class LoginProofs {

    /** The rule that is named. */
    static final String RULE = "login-proofs";

    private static final String MESSAGE = "nobody is shown what logins of the server prove themselves with";
    private static final String HINT = "Leave the column out; the others of the table may be read.";

    private static final Map<String, Set<String>> COLUMNS = Map.ofEntries(
            Map.entry("pg_catalog.pg_authid", Set.of("rolpassword")),
            Map.entry("pg_catalog.pg_shadow", Set.of("passwd")),
            Map.entry("pg_catalog.pg_subscription", Set.of("subconninfo")),
            Map.entry("pg_catalog.pg_user_mapping", Set.of("umoptions")),
            Map.entry("pg_catalog.pg_user_mappings", Set.of("umoptions")),
            Map.entry("information_schema.user_mapping_options", Set.of("option_value")),
            Map.entry("mysql.user", Set.of("authentication_string", "password", "user_attributes")),
            Map.entry("mysql.global_priv", Set.of("priv")),
            Map.entry("mysql.password_history", Set.of("password")),
            Map.entry("mysql.servers", Set.of("password")),
            Map.entry("mysql.slave_master_info", Set.of("user_password")));

    private LoginProofs() {}

    /** The refusal of a command that may show any; empty where it does not. */
    static Optional<Ruling> rule(Command command) {
        boolean told = command.complete() && command.output().isPresent();
        for (Effect effect : command.effects()) {
            if (effect instanceof Effect.Uses uses && uses.use() != Effect.Use.WRITTEN && isProof(uses.column())) {
                return Optional.of(refusal(uses.column().table(), uses.column().name(), uses.position()));
            }
            if (!told && effect instanceof Effect.Reads reads && holdsProofs(reads.table())) {
                return Optional.of(refusal(reads.table(), "", reads.position()));
            }
        }
        return Optional.empty();
    }

    private static boolean isProof(Column column) {
        return COLUMNS.getOrDefault(key(column.table()), Set.of())
                .contains(column.name().toLowerCase(Locale.ROOT));
    }

    private static boolean holdsProofs(Table table) {
        return COLUMNS.containsKey(key(table));
    }

    private static String key(Table table) {
        return (table.schema() + "." + table.name()).toLowerCase(Locale.ROOT);
    }

    private static Ruling refusal(Table table, String column, int position) {
        return new Ruling.Refuse(
                new Ruling.Source(RULE, "", 0),
                MESSAGE,
                HINT,
                new Ruling.Culprit(position, table.schema(), table.name(), column, ""));
    }
}
