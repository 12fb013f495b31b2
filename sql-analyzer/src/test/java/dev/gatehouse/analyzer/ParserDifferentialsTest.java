package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Kind;
import org.junit.jupiter.api.Test;

/** Texts that make a careless reader see something else than the server does. */
final class ParserDifferentialsTest {

    @Test
    void aNestedCommentDoesNotEndEarly() {
        sql("DELETE FROM users /* /* */ WHERE id=1 -- */").is(Kind.DELETE).where(Where.MISSING);
        sql("SELECT 1 /* a /* b */ , ssn FROM users -- */").readsOnly();
    }

    @Test
    void anEscapedQuoteDoesNotHideAColumn() {
        sql("SELECT E'\\'' , email FROM users --'").outputs("", "users.email").complete();
    }

    @Test
    void aDollarQuoteDoesNotHideATable() {
        sql("SELECT $x$ ' $x$, email FROM users --'").outputs("", "users.email");
        sql("SELECT $$a' , b$$").readsOnly();
        sql("SELECT $a$ $b$ ; DROP TABLE users; -- $a$").readsOnly();
    }

    @Test
    void aUnicodeNameIsTheColumnItSpells() {
        sql("SELECT U&\"em\\0061il\" FROM users").readsOnly("users.email");
        sql("SELECT U&\"em!0061il\" UESCAPE '!' FROM users").readsOnly("users.email");
    }

    @Test
    void aBackslashIsReadAsTheSessionReadsIt() {
        sql("SELECT 'a\\'' , email FROM users --'", false).outputs("", "users.email");
        sql("SELECT 'a\\', email, '' FROM users", true).outputs("", "users.email", "");
        sql("SELECT U&'a'", false).opaque();
    }

    @Test
    void onlyIsNoTable() {
        sql("SELECT email FROM ONLY users").readsOnly("users.email").reads("users");
        sql("SELECT id FROM only").opaque();
        sql("UPDATE ONLY users SET name = 'x'").writes("users").where(Where.MISSING);
        sql("DELETE FROM ONLY (users) WHERE id = 1").writes("users").where(Where.PRESENT);
    }

    @Test
    void tableIsAQuery() {
        sql("SELECT a FROM (TABLE archive) s(i, a, b)").readsOnly("archive.name");
        sql("TABLE archive").outputs("archive.id", "archive.name", "archive.email");
    }

    @Test
    void commandsAreCutAsTheServerCutsThem() {
        assertThat(sql("select 1;delete from users").commands()).hasSize(2);
        assertThat(sql(";;;").commands()).isEmpty();
        assertThat(sql("").commands()).isEmpty();
        assertThat(sql("select ';' -- ;\n").commands()).hasSize(1);
    }

    @Test
    void brokenTextIsNotRead() {
        sql("select 1 /* x").opaqueAt(10);
        sql("select 'x").opaqueAt(8);
        sql("select \"x").opaqueAt(8);
        sql("select $a$x$A$").opaqueAt(8);
        sql("select '\0'").opaqueAt(9);
        sql("select 1\0").opaqueAt(9);
        sql("select 1\u000b").opaqueAt(9);
        sql("\ufeffselect 1").opaque();
        sql("select\u00a01").opaque();
        sql("select 123abc").opaqueAt(11);
        sql("select 1e1x").opaqueAt(11);
        sql("select \"\"").opaqueAt(8);
        sql("select (1").opaque();
        sql("select 1)").opaque();
        sql("selec 1").opaqueAt(1);
    }

    @Test
    void positionsCountCharacters() {
        sql("select '😀', # from users").opaqueAt(15);
    }

    @Test
    void aStringGoesOnAfterALineBreakOnly() {
        sql("select 'a'\n'b' , email from users").outputs("", "users.email");
        sql("select 'a' -- x\n ', email from users --'").readsOnly();
        sql("select 'a' 'b'").opaque();
    }

    @Test
    void anOperatorEndsWhereTheServerEndsIt() {
        sql("select 1+-ssn::int from users").readsOnly("users.ssn");
        sql("select id @-- comment\n email from users").readsOnly("users.email", "users.id");
        sql("select id */* comment */email from users").readsOnly("users.email", "users.id");
        sql("select id OPERATOR(pg_catalog.+) ssn from users").readsOnly("users.id", "users.ssn");
    }

    @Test
    void nothingIsNestedWithoutEnd() {
        sql("select " + "(".repeat(201) + "1" + ")".repeat(201)).opaque();
        sql("select " + "(".repeat(190) + "ssn" + ")".repeat(190) + " from users")
                .readsOnly("users.ssn");
        sql("select " + "a".repeat(4 << 20)).opaque();
        sql("select " + "a".repeat(4_000_000)).incomplete();
    }

    @Test
    void namesAreFoldedAndCutAsTheServerDoes() {
        sql("SELECT EMAIL FROM Users").readsOnly("users.email");
        sql("SELECT \"EMAIL\" FROM users").incomplete();
        sql("select \"#write\"(0)").incomplete();
    }

    @Test
    void aFunctionThatRunsTextIsNotTrusted() {
        sql("select query_to_xml('select ssn from users', true, true, '')")
                .outputs("?")
                .incomplete();
        sql("select all_emails()").outputs("?").incomplete();
        sql("select md5(email) from users").outputs("users.email ?").incomplete();
        sql("select pg_read_file('x')").outputs("?").incomplete();
    }

    @Test
    void whatMayDoAnythingIsSaidToBeSo() {
        sql("DO $$ begin delete from users; end $$").is(Kind.DO).incomplete();
        sql("COPY users TO PROGRAM 'cat'").is(Kind.COPY_OUT, Kind.COPY_PROGRAM);
        sql("PREPARE p AS DELETE FROM users").is(Kind.PREPARE, Kind.DELETE).where(Where.MISSING);
        sql("DECLARE c CURSOR FOR SELECT ssn FROM users")
                .is(Kind.DECLARE, Kind.SELECT)
                .reads("users");
        sql("EXECUTE p").is(Kind.EXECUTE).incomplete().rowsUntold();
    }
}
