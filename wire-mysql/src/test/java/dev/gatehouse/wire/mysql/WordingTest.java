package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts certainly leave alone how the next one is read. */
final class WordingTest {

    private static byte[] bytes(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }

    @ValueSource(
            strings = {
                "select 1",
                "  SELECT\n1;",
                "((select 1) union select 2)",
                "insert into t values (';')\t",
                "drop table t",
                "create temporary table t (a int)",
                "Xa Commit 'a'",
                "select",
                "with a as (select 1) select 2 ; \r\n"
            })
    @ParameterizedTest
    void texts(String sql) {
        assertThat(Wording.keepsReading(bytes(sql))).isEqualTo(!sql.contains("';'"));
    }

    @ValueSource(
            strings = {
                "set sql_mode = ''",
                "use x",
                "call p()",
                "execute s",
                "execute immediate 'use x'",
                "begin not atomic use x; end",
                "select 1; use x",
                "select 1;;set names gbk",
                "/*! set sql_mode = '' */",
                "/* a */ select 1",
                "-- x\nselect 1",
                "selects 1",
                "select1",
                "drop database x",
                "drop schema x",
                "create database x",
                "create or replace database x",
                "drop/**/table t",
                "select\u00a01",
                "",
                ";",
                "(",
                "set statement sql_mode = '' for select 1",
                "prepare s from 'use x'",
                "alter database x",
                "drop prepare s",
                "help 'x'"
            })
    @ParameterizedTest
    void otherTexts(String sql) {
        assertThat(Wording.keepsReading(bytes(sql))).isFalse();
    }

    @ValueSource(strings = {"select found_rows()", " SELECT ROW_COUNT() ;", "select last_insert_id(), @@warning_count"})
    @ParameterizedTest
    void questionsForCounts(String sql) {
        assertThat(Wording.asksForCounts(bytes(sql))).isTrue();
    }

    @ValueSource(
            strings = {
                "select found_rows ()",
                "select row_count() from t",
                "select row_count(); use x",
                "select last_insert_id(7)",
                "select row_count() as \"a\"",
                "select @@sql_mode"
            })
    @ParameterizedTest
    void otherQuestions(String sql) {
        assertThat(Wording.asksForCounts(bytes(sql))).isFalse();
    }
}
