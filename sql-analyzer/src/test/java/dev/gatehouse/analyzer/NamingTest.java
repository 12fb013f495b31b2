package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Naming;
import dev.gatehouse.firewall.statement.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What commands do with the names of prepared statements and cursors. */
final class NamingTest {

    private static final Scope SCOPE =
            new Scope("here", "shop", "ro", Optional.of(List.of("public")), new Modes.PostgreSql(true));

    private static Command command(String sql) {
        return command(sql, SCOPE);
    }

    private static Command command(String sql, Scope scope) {
        Analysis analysis = new Accounting(Snapshot.EMPTY)
                .read(sql.getBytes(StandardCharsets.UTF_8), scope)
                .get(0)
                .analysis();
        return ((Analysis.Understood) analysis).commands().get(0);
    }

    private static Naming naming(String sql) {
        return command(sql).naming().orElseThrow();
    }

    @Test
    void aStatementAndACursorCarryWhatTheyStandFor() {
        assertThat(naming("prepare P (int) as select a from t where b = $1"))
                .isInstanceOfSatisfying(Naming.Prepares.class, made -> {
                    assertThat(made.name()).isEqualTo("p");
                    assertThat(made.statement().verb()).isEqualTo(Kind.SELECT);
                });
        assertThat(naming("declare \"C\" scroll cursor with hold for select a, b from t"))
                .isInstanceOfSatisfying(Naming.Declares.class, made -> {
                    assertThat(made.name()).isEqualTo("C");
                    assertThat(made.held()).isTrue();
                    assertThat(made.query().output().orElseThrow()).hasSize(2);
                });
    }

    @Test
    void namesThatAreUsedAreFound() {
        assertThat(naming("execute p (1, 'x')")).isEqualTo(new Naming.Executes("p", true));
        assertThat(naming("execute p (nobody_knows(1))")).isEqualTo(new Naming.Executes("p", false));
        assertThat(naming("explain analyze execute p")).isEqualTo(new Naming.Executes("p", true));
        assertThat(naming("create temp table x as execute p (1)")).isEqualTo(new Naming.Executes("p", true));
        assertThat(naming("fetch backward 3 in c")).isEqualTo(new Naming.Fetches("c"));
        assertThat(naming("fetch c")).isEqualTo(new Naming.Fetches("c"));
        assertThat(naming("move all in c")).isEqualTo(new Naming.Fetches("c"));
    }

    @Test
    void aCursorThatIsNotHeldIsToldApart() {
        for (String sql : List.of("declare c cursor for select 1", "declare c cursor without hold for select 1")) {
            assertThat(naming(sql)).isInstanceOfSatisfying(Naming.Declares.class, made -> assertThat(made.held())
                    .isFalse());
        }
    }

    @Test
    void namesThatEndAreFound() {
        assertThat(naming("deallocate prepare p")).isEqualTo(new Naming.Deallocates(Optional.of("p")));
        assertThat(naming("deallocate all")).isEqualTo(new Naming.Deallocates(Optional.empty()));
        assertThat(naming("close c")).isEqualTo(new Naming.Closes(Optional.of("c")));
        assertThat(naming("close all")).isEqualTo(new Naming.Closes(Optional.empty()));
        assertThat(naming("discard all")).isEqualTo(new Naming.Discards());
        assertThat(command("discard plans").naming()).isEmpty();
    }

    @Test
    void mysqlGivesNamesToStatementsInTexts() {
        Scope scope = new Scope("here", "shop", "rw", Optional.of(List.of("shop")), Modes.MySql.of("9.0.0", "", 0));
        assertThat(command("prepare P from 'select a from t where b = ?'", scope)
                        .naming())
                .containsInstanceOf(Naming.Prepares.class)
                .get()
                .extracting(made -> ((Naming.Prepares) made).statement().verb())
                .isEqualTo(Kind.SELECT);
        assertThat(command("prepare p from @text", scope).naming()).isEmpty();
        assertThat(command("execute p using @a, @b", scope).naming()).contains(new Naming.Executes("p", true));
        for (String sql : List.of("deallocate prepare p", "drop prepare p")) {
            assertThat(command(sql, scope).naming()).contains(new Naming.Deallocates(Optional.of("p")));
        }
    }

    @Test
    void whatIsExecutedIsNotKnownHere() {
        for (String sql : List.of("execute p", "explain analyze execute p", "create table x as execute p")) {
            assertThat(command(sql).complete()).as(sql).isFalse();
        }
    }
}
