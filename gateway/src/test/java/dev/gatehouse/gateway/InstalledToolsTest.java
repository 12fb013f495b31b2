package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RealPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** psql and pgbench through the gateway, where they are installed. */
final class InstalledToolsTest {

    private static final String SCRIPT = """
            select * from customers order by id limit 3;
            select count(*), sum(total) from orders;
            begin;
            insert into orders (id, customer, status) values (900001, 1, 'psql');
            savepoint s;
            select 1/0;
            rollback to s;
            commit;
            select status from orders where id = 900001;
            delete from orders where id = 900001;
            select 'a' as a \\; select 'b' as b;
            \\copy (select id, name from customers order by id limit 3) to stdout
            create table psql_copy (id int, name text);
            \\copy psql_copy from stdin
            1	one
            2	two
            \\.
            select * from psql_copy order by id;
            drop table psql_copy;
            set application_name = 'renamed';
            show application_name;
            \\set FETCH_COUNT 100
            select id from orders order by id limit 250;
            \\unset FETCH_COUNT
            \\d customers
            \\dt
            \\gset
            select id, name from customers where id = 5 \\gx
            """;

    @TempDir
    private static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String psql(String user, String sql) throws Exception {
        return InstalledTool.run(
                TestGateway.PASSWORD,
                sql,
                "psql",
                "-X",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(gateway.port()),
                "-U",
                user,
                "-d",
                "shop");
    }

    @Test
    void psqlGetsTheAnswersOfADirectConnection() throws Exception {
        InstalledTool.assume("psql");
        String through = psql("erik", SCRIPT);
        String direct = InstalledTool.run(
                RealPostgres.shared().password(),
                SCRIPT,
                "psql",
                "-X",
                "-h",
                RealPostgres.shared().host(),
                "-p",
                Integer.toString(RealPostgres.shared().port()),
                "-U",
                RealPostgres.shared().username(),
                "-d",
                gateway.database());
        assertThat(through).isEqualTo(direct);
    }

    @Test
    void psqlShowsTheWholeRefusal() throws Exception {
        InstalledTool.assume("psql");
        String said = psql("maya", "select id from customers\n  where email = 'x';\nselect 'still here';\n");
        assertThat(said)
                .contains("ERROR:  statement blocked by policy rule \"mask_use\"")
                .contains("[gatehouse:blocked id=dec_")
                .contains("LINE 2:   where email = 'x';\n                ^\n")
                .contains("DETAIL:")
                .contains("CONTEXT:  policy pol_")
                .contains("still here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void pgbenchRunsInEveryQueryMode(String mode) throws Exception {
        InstalledTool.assume("pgbench");
        String initialised = InstalledTool.run(TestGateway.PASSWORD, "", pgbench("-i", "-q"));
        assertThat(initialised).endsWith("exit 0\n");
        String said = InstalledTool.run(TestGateway.PASSWORD, "", pgbench("-n", "-c", "4", "-t", "50", "-M", mode));
        assertThat(said)
                .contains("number of transactions actually processed: 200/200")
                .containsPattern(Pattern.compile("number of failed transactions: 0 "))
                .endsWith("exit 0\n");
    }

    private static String[] pgbench(String... options) {
        List<String> command = new ArrayList<>(List.of("pgbench"));
        command.addAll(List.of(options));
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(gateway.port()), "-U", "erik", "shop"));
        return command.toArray(new String[0]);
    }
}
