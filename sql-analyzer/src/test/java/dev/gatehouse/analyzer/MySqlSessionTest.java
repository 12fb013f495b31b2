package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.CatalogFile;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Table;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands of MySQL's show that give rows in ways of their own, and what names mean after those that change it. */
final class MySqlSessionTest {

    private static final Table USERS = new Table("shop", "users");
    private static final Column SECRET = new Column(USERS, "secret");

    private static Snapshot snapshot;

    @BeforeAll
    static void catalog() throws IOException {
        snapshot = CatalogFile.read(new StringReader("""
                {"server": {"product": "mariadb", "version": "11.4.5-MariaDB"}, "schemas": ["shop"], "relations": [
                  {"schema": "shop", "name": "users", "columns": ["id", "secret"]},
                  {"schema": "shop", "name": "plain", "columns": ["x"]},
                  {"schema": "shop", "name": "sq", "sort": "sequence", "columns": ["next_not_cached_value"]},
                  {"schema": "mysql", "name": "general_log", "columns": ["argument"]},
                  {"schema": "mysql", "name": "slow_log", "columns": ["sql_text"]},
                  {"schema": "mysql", "name": "column_stats", "columns": ["min_value"]},
                  {"schema": "information_schema", "name": "PROCESSLIST", "columns": ["INFO"]},
                  {"schema": "performance_schema", "name": "events_statements_history", "columns": ["SQL_TEXT"]}]}"""));
    }

    private static Scope scope(String version) {
        return new Scope("shop", "shop", "maya", Optional.of(List.of()), Modes.MySql.of(version, "", 0));
    }

    private static List<Command> commands(String sql, Scope scope) {
        return CommandReader.read(sql.getBytes(StandardCharsets.UTF_8), snapshot, scope)
                .analysis()
                .match(Analysis.Understood::commands, opaque -> {
                    throw new AssertionError(sql + ": " + opaque.reason() + " at " + opaque.position());
                });
    }

    private static Command last(String sql) {
        List<Command> commands = commands(sql, scope("11.4.5-MariaDB"));
        return commands.get(commands.size() - 1);
    }

    private static boolean reads(Command command, Table table) {
        return command.effects().stream()
                .anyMatch(effect ->
                        effect instanceof Effect.Reads reads && reads.table().equals(table));
    }

    private static boolean writes(Command command, String table) {
        return command.effects().stream()
                .anyMatch(effect ->
                        effect instanceof Effect.Writes writes && writes.table().equals(new Table("shop", table)));
    }

    private static boolean uses(Command command, Use use) {
        return command.effects().stream()
                .anyMatch(effect ->
                        effect instanceof Effect.Uses uses && uses.column().equals(SECRET) && uses.use() == use);
    }

    private static List<Output> output(Command command) {
        return command.output().orElseThrow();
    }

    @Test
    void setStatementDoesWhatItSetsSomethingForDoes() {
        Command select = last("set statement max_statement_time = 1 for select secret from users");
        assertThat(select.verb()).isEqualTo(Kind.SET);
        assertThat(select.kinds()).contains(Kind.SELECT);
        assertThat(output(select).get(0).origins()).containsExactly(SECRET);
        assertThat(select.effects()).anyMatch(effect -> effect instanceof Effect.Sets);
        Command call = last("set statement max_statement_time = 1 for call p()");
        assertThat(call.kinds()).contains(Kind.CALL);
        assertThat(call.effects()).anyMatch(effect -> effect instanceof Effect.Runs);
        assertThat(call.complete()).isFalse();
        Command file = last("set statement max_statement_time = 1 for select 1 into outfile '/tmp/x'");
        assertThat(file.effects())
                .anyMatch(effect -> effect instanceof Effect.Files files && files.access() == Effect.Access.WRITTEN);
        assertThat(last("set statement a = 1 for set statement b = 2 for delete from users")
                        .kinds())
                .contains(Kind.DELETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select setval(sq, 5)",
                "select nextval(sq)",
                "select next value for sq",
                "do setval(sq, 5, 1)",
                "set @a = nextval(sq)",
                "set @a = lastval(shop.sq)",
                "create table t (a int default nextval(sq))",
                "create table t (a int default (next value for sq))",
            })
    void aSequenceIsAmongTheTables(String sql) {
        assertThat(writes(last(sql), "sq")).isTrue();
    }

    @Test
    void rowsOfAHandlerAreThoseOfItsTable() {
        Command read = last("handler users read first where secret = 1");
        assertThat(output(read)).extracting(Output::name).containsExactly("id", "secret");
        assertThat(uses(read, Use.RESULT)).isTrue();
        assertThat(uses(read, Use.PREDICATE)).isTrue();
        Command named = last("handler users open as plain; handler plain read first");
        assertThat(reads(named, USERS)).isTrue();
        assertThat(reads(named, new Table("shop", "plain"))).isFalse();
        assertThat(uses(named, Use.RESULT)).isTrue();
        assertThat(last("handler users open as h; handler h close").effects())
                .noneMatch(effect -> effect instanceof Effect.Reads);
        Command unseen = last("handler users open as plain; select f(); handler plain read first");
        assertThat(unseen.complete()).isFalse();
        assertThat(unseen.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help 'select'",
                "call p()",
                "execute s",
                "execute immediate concat('sel', 'ect 1')",
                "set statement a = 1 for call p()"
            })
    void rowsThatAreNotToldAreUnknown(String sql) {
        assertThat(last(sql).output()).isEmpty();
    }

    @Test
    void rowsOfALiteralThatIsRunAreTold() {
        assertThat(output(last("execute immediate 'select secret from users'"))
                        .get(0)
                        .origins())
                .containsExactly(SECRET);
    }

    @Test
    void whatGoesElsewhereAfterSeveralQueriesIsCarried() {
        Command command = last("select id from users union select secret from users into outfile '/tmp/x'");
        assertThat(uses(command, Use.CARRIED)).isTrue();
        assertThat(uses(command, Use.RESULT)).isFalse();
        assertThat(command.effects()).anyMatch(effect -> effect instanceof Effect.Files);
        assertThat(output(command)).isEmpty();
    }

    @Test
    void theDatabaseBehindATableIsItsOwn() {
        assertThat(reads(last("show columns from a in u"), new Table("u", "a"))).isTrue();
        assertThat(CommandReader.each(
                                "show columns from a in u".getBytes(StandardCharsets.UTF_8),
                                snapshot,
                                scope("11.4.5-MariaDB"))
                        .get(0)
                        .bare())
                .isEmpty();
    }

    @Test
    void whatAConditionChoosesIsDerivedFromIt() {
        for (String sql : List.of(
                "select case secret when 1 then 'a' else 'b' end from users",
                "select case when secret = 1 then 'a' end from users")) {
            Command command = last(sql);
            assertThat(uses(command, Use.PREDICATE)).isTrue();
            assertThat(output(command).get(0).origins()).containsExactly(SECRET);
            assertThat(output(command).get(0).whole()).isFalse();
        }
        assertThat(output(last("select case when secret = 1 then secret end from users"))
                        .get(0)
                        .whole())
                .isTrue();
    }

    @Test
    void onlyMariaDbsQueriesOfWithSeeThoseAfterThem() {
        String sql = "with recursive a as (select secret from users), users as (select 1 secret) select * from a";
        assertThat(output(commands(sql, scope("9.1.0")).get(0)).get(0).origins())
                .containsExactly(SECRET);
        assertThat(output(last(sql)).get(0).origins()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select argument from mysql.general_log",
                "select sql_text from mysql.slow_log",
                "select min_value from mysql.column_stats",
                "select info from information_schema.processlist",
                "select sql_text from performance_schema.events_statements_history",
            })
    void whatOthersHaveSaidMayBeAnything(String sql) {
        assertThat(output(last(sql)).get(0).accounted()).isFalse();
    }

    @Test
    void aTemporaryTableHidesItsNamesakeUntilItIsDropped() {
        for (String query : List.of("select secret from users", "select secret from shop.users")) {
            String make = "create temporary table users (a int); ";
            assertThat(uses(last(make + query), Use.RESULT)).as(query).isFalse();
            assertThat(last(make + query).complete()).as(query).isFalse();
            assertThat(uses(last(make + "drop temporary table users; " + query), Use.RESULT))
                    .as(query)
                    .isTrue();
            assertThat(uses(last(make + "drop table if exists shop.users; " + query), Use.RESULT))
                    .as(query)
                    .isTrue();
            assertThat(uses(last(make + "rollback; " + query), Use.RESULT))
                    .as(query)
                    .isFalse();
        }
        assertThat(uses(last("create temporary table other.users (a int); select secret from users"), Use.RESULT))
                .isTrue();
        assertThat(uses(
                        last(
                                "create temporary table a (a int); alter table a rename to users; select secret from users"),
                        Use.RESULT))
                .isFalse();
        assertThat(uses(
                        last("set statement a = 1 for create temporary table users (a int); select secret from users"),
                        Use.RESULT))
                .isFalse();
        assertThat(uses(last("commit; select secret from users"), Use.RESULT)).isTrue();
    }

    @Test
    void whatIsNotSeenLeavesNoNameKnown() {
        for (String query : List.of("select secret from users", "select secret from shop.users")) {
            Command command = last("select f(); " + query);
            assertThat(uses(command, Use.RESULT)).isFalse();
            assertThat(command.complete()).isFalse();
        }
    }

    @Test
    void aFunctionOfTheUsersIsNotTakenForOneOfTheServers() {
        for (String sql : List.of("select count (secret) from users", "select `count`(secret) from users")) {
            Command command = last(sql);
            assertThat(command.complete()).isFalse();
            assertThat(uses(command, Use.CARRIED)).isTrue();
        }
        assertThat(last("set @a = now ()").complete()).isFalse();
        assertThat(last("set @a = `now`()").complete()).isFalse();
        assertThat(last("set @a = now()").complete()).isTrue();
    }
}
