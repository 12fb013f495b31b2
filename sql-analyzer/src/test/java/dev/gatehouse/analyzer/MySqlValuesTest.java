package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which MySQL commands mean the same whatever their literals are. */
final class MySqlValuesTest {

    private static final Scope SCOPE =
            new Scope("shop", "shop", "root", Optional.of(List.of("shop")), Modes.MySql.of("10.11.6-MariaDB", "", 0));

    private static CommandReader.Reading read(String sql) {
        return CommandReader.read(sql.getBytes(StandardCharsets.UTF_8), Snapshot.EMPTY, SCOPE);
    }

    @ValueSource(
            strings = {
                "select c from t where id = 5",
                "SELECT c FROM t WHERE id BETWEEN 1 AND 2 ORDER BY c",
                "SELECT DISTINCT c FROM t WHERE id BETWEEN 1 AND 2 AND name = 'x' ORDER BY c LIMIT 3, 4",
                "select sum(k) from t where id in (1, 2, 3) and k not in (4)",
                "select a from t join u on t.id = u.id where (t.b >= 1.5 or u.`c` <> 'x') limit 5 offset 6",
                "update t set k = k + 1 where id = 5",
                "update t set c = 'x', d = 5 where id = 6 limit 1",
                "delete from t where id = 5",
                "insert into t (id, k, c) values (1, 2, 'x'), (3, 4, 'y')",
                "replace into t values (1, 'x')",
                "insert t (a) values (1) on duplicate key update a = 2, b = b + 1"
            })
    @ParameterizedTest
    void commandsWithValuesAlone(String sql) {
        CommandReader.Reading reading = read(sql);
        assertThat(reading.blind()).isTrue();
        String others = sql.replaceAll("(?<![a-z0-9.])[0-9]+", "987654").replace("'x'", "'); drop table t -- '''");
        assertThat(wherever(read(others))).isEqualTo(wherever(reading));
    }

    private static String wherever(CommandReader.Reading reading) {
        return reading.analysis().toString().replaceAll("position=[0-9]+", "");
    }

    @ValueSource(
            strings = {
                "select 5",
                "select c 'x' from t",
                "select c as 'x' from t where id = 5",
                "select id = 5 from t",
                "select c from t order by 1",
                "select c from t where id = 5 order by 1",
                "select c, count(*) from t group by 1",
                "select c from t where id = 5 union select 'x'",
                "select c from t where id in (select 5)",
                "select c from t where id = 5 into outfile '/tmp/x'",
                "select d.`5` from (select 5) d where d.`5` = 5",
                "delete from t where 1 = 1",
                "delete from t where id = 5 or 1",
                "delete from t where id = 5 or id <> 6",
                "delete from t where id < 5 or id >= 6",
                "delete from t where id in (1) or id not in (2)",
                "update t set a = 1 where not id = 5 or id = 6",
                "delete from t where 5",
                "delete from t where (1)",
                "update t set a = 1 where id = 5 or 'x' = 'x'",
                "update t set a = 'x' 'y'",
                "update t set a = (select 5)",
                "select c from t where c like 'x%'",
                "select c from t where f('x') = 5 and g(1)",
                "select c from t where d > now() - interval 1 day",
                "insert into t values (f('x'))",
                "insert into t set a = load_file('x')",
                "insert into t (a) select 5",
                "insert into t (a) values (1) returning 'x'",
                "set @a = 5",
                "kill 5",
                "load data infile 'x' into table t",
                "prepare s from 'select 1'",
                "select c from t where c = @a and d = 5",
                "select c from t where c = _utf8'x'",
                "select c from t where id = 5; delete from t where id = 6"
            })
    @ParameterizedTest
    void commandsOfWhichALiteralMayBeMore(String sql) {
        assertThat(read(sql).blind()).isFalse();
    }
}
