package dev.gatehouse.analyzer;

import dev.gatehouse.firewall.statement.Command.Change;
import java.util.Locale;
import java.util.Optional;

/** Which of the server's settings decide how later statements are read. */
final class Settings {

    private Settings() {}

    /** What setting it changes, if anything that matters here. */
    static Optional<Change> change(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "search_path", "schema", "role", "session_authorization", "all", "database" ->
                Optional.of(Change.SEARCH_PATH);
            case "standard_conforming_strings", "client_encoding", "names", "backslash_quote" ->
                Optional.of(Change.LEXING);
            case "sql_mode",
                    "character set",
                    "char set",
                    "charset",
                    "character_set_client",
                    "character_set_connection",
                    "character_set_database",
                    "character_set_server",
                    "collation_connection",
                    "collation_database",
                    "collation_server",
                    "old_mode",
                    "version" -> Optional.of(Change.LEXING);
            default -> Optional.empty();
        };
    }
}
