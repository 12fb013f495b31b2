package dev.gatehouse.analyzer.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.analyzer.tree.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command of PostgreSQL's manual, with what it says. */
final class PgCommandsTest {

    /** What the manual lists besides, and what other readers read. */
    private static final Set<String> READ_ELSEWHERE =
            Set.of("DELETE", "INSERT", "MERGE", "SELECT", "SELECT INTO", "UPDATE", "VALUES");

    /** How many commands PostgreSQL 18's manual lists. */
    private static final int LISTED = 183;

    /** A command of a page of the manual, and what it does with what. */
    record Sample(String title, String sql, String parts) {}

    static List<Sample> samples() throws IOException {
        try (InputStream in = PgCommandsTest.class.getResourceAsStream("postgresql.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\|", -1))
                    .map(cells -> new Sample(cells[0], cells[1].trim(), cells[2].trim()))
                    .toList();
        }
    }

    private static Verb read(String sql) {
        return VerbReader.read(new Cursor(PgLexer.read(sql.getBytes(StandardCharsets.UTF_8), true)));
    }

    private static String describe(Verb verb) {
        return verb.parts().stream()
                .filter(part -> part.deed() != Deed.NAMES)
                .map(PgCommandsTest::describe)
                .collect(Collectors.joining(", "));
    }

    private static String describe(Part part) {
        String columns = "";
        if (part.columns() != null) {
            columns = part.columns().getList().stream()
                    .map(SqlNode::toString)
                    .collect(Collectors.joining(", ", " (", ")"));
        }
        return String.join(" ", part.deed().name(), part.object(), String.join(".", part.name()))
                        .trim()
                        .replace("  ", " ")
                + columns;
    }

    @Test
    void everyCommandOfTheManualIsThere() throws IOException {
        Set<String> titles = samples().stream().map(Sample::title).collect(Collectors.toCollection(TreeSet::new));

        assertThat(Manual.POSTGRESQL.titles()).containsExactlyInAnyOrderElementsOf(titles);
        assertThat(titles).hasSize(LISTED - READ_ELSEWHERE.size());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aCommandSaysAllItDoes(Sample sample) {
        Verb verb = read(sample.sql());

        assertThat((verb.verb() + " " + verb.object()).trim()).isEqualTo(sample.title());
        assertThat(describe(verb)).isEqualTo(sample.parts());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aCommandWithMoreBehindItIsNotRead(Sample sample) {
        assertThatThrownBy(() -> read(sample.sql() + " ) having nonsense")).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> read(sample.sql() + " ; drop")).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aNameStandsWhereTheTextHasIt(Sample sample) {
        for (Part part : read(sample.sql()).parts()) {
            if (!part.name().isEmpty()
                    && !part.object().equals("SETTING")
                    && !part.object().equals("EVERYTHING")) {
                int start = part.getParserPosition().getColumnNum() - 1;
                assertThat(sample.sql().substring(start).replace("\"", "").replaceAll(" *\\. *", "."))
                        .satisfiesAnyOf(
                                text -> assertThat(text).startsWith(String.join(".", part.name())),
                                text -> assertThat(part.name()).containsExactly("all"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a int,)",
                "create table t (a int b)",
                "create table t a int",
                "create table left (a int)",
                "create index i t (a)",
                "create view v as",
                "create view v as drop table t",
                "create function f returns int as 'x'",
                "alter table t",
                "alter table t add",
                "alter table t rename a b",
                "drop table",
                "drop table a b",
                "drop nothing x",
                "grant select on t",
                "grant select t to x",
                "copy t",
                "copy t to",
                "copy t from stdin with (format csv",
                "lock table t in some mode",
                "truncate",
                "begin begin",
                "set x",
                "set x to",
                "show",
                "vacuum t u",
                "explain",
                "explain vacuum t",
                "prepare p as vacuum",
                "declare c cursor for delete from t",
                "execute",
                "comment on table t",
                "comment on column c is 'x'",
                "call p",
                "do 1",
                "fetch",
                "frobnicate t"
            })
    void whatTheManualDoesNotHaveIsNotRead(String sql) {
        assertThatThrownBy(() -> read(sql)).isInstanceOf(Unreadable.class);
    }

    @Test
    void whatDoesNotFitIsPointedAt() {
        assertThatThrownBy(() -> read("alter table t add column a int, dorp b"))
                .isInstanceOfSatisfying(Unreadable.class, e -> {
                    assertThat(e.position()).isEqualTo(33);
                    assertThat(e.reason()).isEqualTo("unexpected DORP");
                });
    }

    @Test
    void aWithClauseIsNoTailOfAView() {
        Verb verb = read("create view v as with data as (select 1) select * from data with check option");

        Passage query = (Passage) verb.statement().orElseThrow().node();
        assertThat(query.tokens().remaining()).hasSize(11);
    }

    @Test
    void aDefaultEndsWhereTheNextConditionBegins() {
        Verb verb =
                read("create table t (a int default null not null, b bool default case when null then 1 end check (b), "
                        + "c bool default 1 is not distinct from 2 unique)");

        assertThat(verb.parts(Deed.EVALUATES)
                        .map(part ->
                                ((Passage) part.node()).tokens().remaining().size()))
                .containsExactly(1, 6, 1, 6);
    }

    @Test
    void whoWalksATreeMeetsWhatStandsInside() {
        assertThat(names(read("create view v as select lower(a) from t"))).contains("v", "a", "t");
        assertThat(names(read("create table t (a int default (select b from u))")))
                .contains("t", "a", "b", "u");
        assertThat(names(read("explain declare c cursor for select 1 from t"))).contains("c", "t");
        assertThatThrownBy(() -> names(read("create view v as select a b c from")))
                .isInstanceOf(Unreadable.class);
    }

    private static Set<String> names(SqlNode tree) {
        Set<String> names = new TreeSet<>();
        tree.accept(new SqlBasicVisitor<Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                names.addAll(name.names);
                return null;
            }
        });
        return names;
    }
}
