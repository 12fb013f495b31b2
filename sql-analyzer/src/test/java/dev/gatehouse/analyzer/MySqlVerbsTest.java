package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Command.Change;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Access;
import dev.gatehouse.firewall.statement.Effect.Code;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What MySQL's and MariaDB's commands do, in the words of policy. */
final class MySqlVerbsTest {

    private static final Scope SCOPE =
            new Scope("shop", "shop", "maya", Optional.of(List.of()), Modes.MySql.of("11.4.5-MariaDB", "", 0));

    private static Analysis analysis(String sql) {
        return CommandReader.read(sql.getBytes(StandardCharsets.UTF_8), Snapshot.EMPTY, SCOPE)
                .analysis();
    }

    private static List<Command> commands(String sql) {
        return analysis(sql).match(Analysis.Understood::commands, opaque -> {
            throw new AssertionError(sql + ": " + opaque.reason() + " at " + opaque.position());
        });
    }

    @Test
    void whatFollowsAChangeOfLexingInTheSameTextIsNotRead() {
        for (String first : List.of(
                "set sql_mode = no_backslash_escapes",
                "set @@session.sql_mode = ansi_quotes",
                "set names gbk",
                "set character_set_client = sjis",
                "execute immediate 'set sql_mode = ansi_quotes'",
                "call p()",
                "set statement max_statement_time = 1 for set sql_mode = ansi_quotes")) {
            Analysis analysis = analysis(first + "; select 'a\\'; delete from b; -- '");
            assertThat(analysis).as(first).isInstanceOf(Analysis.Opaque.class);
        }
        assertThat(commands("set autocommit = 1; select 1")).hasSize(2);
    }

    private static Command command(String sql) {
        List<Command> commands = commands(sql);
        assertThat(commands).hasSize(1);
        return commands.get(0);
    }

    private static Stream<String> effects(String sql) {
        return command(sql).effects().stream().map(effect -> effect.getClass().getSimpleName() + " " + target(effect));
    }

    private static String target(Effect effect) {
        if (effect instanceof Effect.Reads reads) {
            return reads.table().toString();
        }
        if (effect instanceof Effect.Writes writes) {
            return writes.table().toString();
        }
        return effect instanceof Effect.Locks locks ? locks.table() + " " + locks.strength() : "";
    }

    static List<String> statementsOfTheManuals() throws IOException {
        List<String> statements = new ArrayList<>();
        try (var stream = Objects.requireNonNull(MySqlVerbsTest.class.getResourceAsStream("mysql/manual.txt"))) {
            List<String> lines =
                    Arrays.asList(new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\\n", -1));
            for (int i = 1; i < lines.size(); i++) {
                boolean dual = lines.get(i).contains("DUALITY");
                if (lines.get(i).startsWith("    ") && !dual) {
                    statements.add(lines.get(i - 1));
                }
            }
        }
        return statements;
    }

    @ParameterizedTest
    @MethodSource("statementsOfTheManuals")
    void everyStatementOfTheManualsIsOfAKind(String sql) {
        assertThat(command(sql).verb()).isNotEqualTo(Kind.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    BEGIN NOT ATOMIC SELECT 1; END | DO
                    IF 1 THEN SELECT 1; END IF | DO
                    XA COMMIT 'a' | COMMIT
                    START REPLICA | REPLICATION
                    START TRANSACTION | BEGIN
                    RESET MASTER | REPLICATION
                    LOAD DATA INFILE 'x' INTO TABLE t | LOAD_DATA
                    LOAD DATA LOCAL INFILE 'x' INTO TABLE t | LOAD_DATA_LOCAL
                    LOAD INDEX INTO CACHE t | CACHE_INDEX
                    SET PASSWORD = 'x' | ALTER
                    SET @a = 1 | SET
                    DESC t | DESCRIBE
                    FLUSH LOGS | FLUSH
                    INSTALL SONAME 'x' | INSTALL
                    KILL 5 | KILL
                    DROP PREPARE s | DEALLOCATE
                    USE shop | USE
                    RENAME TABLE a TO b | RENAME
                    """)
    void kindsAreToldByTheVerb(String sql, Kind kind) {
        assertThat(command(sql).verb()).isEqualTo(kind);
    }

    @Test
    void tablesAreNamedWithWhatIsDoneToThem() {
        assertThat(effects("CREATE TABLE a LIKE b.c")).contains("Writes shop.a", "Reads b.c");
        assertThat(effects("RENAME TABLE a.x TO b.y")).contains("Writes a.x", "Writes b.y");
        assertThat(effects("LOCK TABLES a.x READ, a.y WRITE")).contains("Locks a.x READ", "Locks a.y WRITE");
        assertThat(effects("SHOW COLUMNS FROM t FROM d")).contains("Reads d.t");
        assertThat(effects("GRANT SELECT ON d.t TO a")).contains("Writes d.t");
        assertThat(effects("ALTER TABLE d.t RENAME TO d.u")).contains("Writes d.t", "Writes d.u");
        assertThat(command("ALTER TABLE d.t RENAME TO d.u").kinds()).containsExactlyInAnyOrder(Kind.ALTER, Kind.RENAME);
    }

    @Test
    void commandsInsideOthersAreCommandsToo() {
        Command command = command("EXECUTE IMMEDIATE 'SET STATEMENT sql_mode = '''' FOR TRUNCATE d.t'");
        assertThat(command.kinds()).containsExactlyInAnyOrder(Kind.EXECUTE, Kind.SET, Kind.TRUNCATE);
        assertThat(command.effects()).anyMatch(effect -> effect instanceof Effect.Writes);
        assertThat(command.changes()).contains(Change.LEXING);
        assertThat(command("PREPARE s FROM @x").complete()).isFalse();
        assertThat(command("EXECUTE IMMEDIATE concat('a', @x)").complete()).isFalse();
    }

    @Test
    void queriesInsideCommandsAreRead() {
        Command view = command("CREATE VIEW d.v AS SELECT a FROM d.t WHERE b IN (SELECT c FROM d.u)");
        assertThat(view.verb()).isEqualTo(Kind.CREATE);
        assertThat(effects("CREATE VIEW d.v AS SELECT a FROM d.t WHERE b IN (SELECT c FROM d.u)"))
                .contains("Writes d.v", "Reads d.t", "Reads d.u");
        assertThat(command("EXPLAIN DELETE FROM d.t").kinds()).containsExactlyInAnyOrder(Kind.EXPLAIN, Kind.DELETE);
        assertThat(effects("SET @a = (SELECT ssn FROM d.t)")).contains("Reads d.t");
        assertThat(effects("EXECUTE IMMEDIATE 'UPDATE d.t SET a = 1'")).contains("Writes d.t");
        assertThat(effects("SELECT a FROM d.t")).contains("Reads d.t");
    }

    @Test
    void settingsThatChangeTheReadingAreSaid() {
        for (String sql : List.of(
                "SET sql_mode = 'ANSI_QUOTES'",
                "SET @@session.sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')",
                "SET NAMES gbk",
                "SET CHARACTER SET gbk",
                "SET @a = 1, character_set_client = big5",
                "SET collation_connection = gbk_bin")) {
            assertThat(command(sql).changes()).as(sql).containsExactly(Change.LEXING);
        }
        assertThat(command("USE other").changes()).containsExactly(Change.SEARCH_PATH);
        assertThat(command("SET autocommit = 0, @names = 1").changes()).isEmpty();
    }

    @Test
    void codeThatIsNotReadIsSaid() {
        Command procedure = command("CREATE PROCEDURE p() DROP TABLE t");
        assertThat(procedure.complete()).isFalse();
        assertThat(procedure.effects())
                .anyMatch(effect -> effect instanceof Effect.Runs runs && runs.code() == Code.BODY);
        assertThat(command("CALL p()").effects())
                .anyMatch(effect -> effect instanceof Effect.Runs runs && runs.code() == Code.ROUTINE);
        assertThat(command("LOAD DATA INFILE '/etc/passwd' INTO TABLE t").effects())
                .anyMatch(effect -> effect instanceof Effect.Files files && files.access() == Access.READ);
        assertThat(command("SET @a = load_file('/etc/passwd')").effects())
                .anyMatch(effect ->
                        effect instanceof Effect.Files files && files.name().equals(Optional.of("/etc/passwd")));
    }

    @Test
    void commandsOfOneTextAreReadOneByOne() {
        List<Command> commands = commands("CREATE PROCEDURE p() BEGIN SELECT 1; END; DROP TABLE d.t; SET @a = 1");
        assertThat(commands.stream().map(Command::verb)).containsExactly(Kind.CREATE, Kind.DROP, Kind.SET);
        assertThat(commands.get(1).position()).isEqualTo(43);
        assertThat(analysis("DROP TABLE a; nonsense")).isInstanceOf(Analysis.Opaque.class);
    }
}
