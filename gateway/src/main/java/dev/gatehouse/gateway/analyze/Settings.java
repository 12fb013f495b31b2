package dev.gatehouse.gateway.analyze;

import dev.gatehouse.analyzer.catalog.Server;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what server and session a text is read for, where the catalog does not. */
final class Settings {

    private static final String VERSION = "10.11.6-MariaDB";
    private static final String MYSQL_VERSION = "9.4.0";

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            split = ",",
            description = "Where names without a schema are looked up: PostgreSQL's search path, or MySQL's database.")
    private List<String> schemas = List.of();

    @Option(
            names = "--no-standard-conforming-strings",
            description = "PostgreSQL's setting of that name is off: a backslash in '…' escapes.")
    private boolean escapes;

    @Option(
            names = "--server-version",
            paramLabel = "VERSION",
            description = "MySQL's or MariaDB's @@version, for comments that are code (default: the catalog's, or "
                    + VERSION + ").")
    private Optional<String> version = Optional.empty();

    @Option(
            names = "--sql-mode",
            paramLabel = "MODES",
            description = "MySQL's @@sql_mode (default: the catalog's, or none that changes how text is read).")
    private Optional<String> sqlMode = Optional.empty();

    /** What is known, seen from the schemas that were given. */
    Known place(Known known) {
        return schemas.isEmpty() ? known : known.with(schemas);
    }

    /** How texts of a dialect are read. */
    Modes modes(Dialect dialect, Known known) {
        if (dialect == Dialect.POSTGRESQL) {
            return new Modes.PostgreSql(!escapes);
        }
        Optional<Server> server = known.server().filter(s -> s.product().dialect() == Dialect.MYSQL);
        Modes modes = Modes.MySql.of(
                version.or(() -> server.map(Settings::version)).orElse(VERSION),
                sqlMode.or(() -> server.map(Server::sqlMode)).orElse(""),
                server.map(Settings::lowerCaseTableNames).orElse(0));
        if (modes instanceof Modes.Unknown) {
            throw new Failure(
                    ExitCode.USAGE,
                    "usage",
                    "it is not known how a server of that version and sql_mode reads text",
                    "such as --server-version 9.4.0 --sql-mode ANSI_QUOTES,STRICT_TRANS_TABLES");
        }
        return modes;
    }

    private static int lowerCaseTableNames(Server server) {
        return switch (server.tableNames()) {
            case EXACT -> 0;
            case LOWERED -> 1;
            case CASELESS -> 2;
        };
    }

    private static String version(Server server) {
        return switch (server.product()) {
            case MYSQL, POSTGRESQL -> server.version().isEmpty() ? MYSQL_VERSION : server.version();
            case MARIADB -> server.version().isEmpty() ? VERSION : marked(server.version());
        };
    }

    private static String marked(String version) {
        return version.contains("MariaDB") ? version : version + "-MariaDB";
    }
}
