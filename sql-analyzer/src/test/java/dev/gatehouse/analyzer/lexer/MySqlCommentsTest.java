package dev.gatehouse.analyzer.lexer;

import static dev.gatehouse.analyzer.lexer.Cutting.MARIADB;
import static dev.gatehouse.analyzer.lexer.Cutting.MYSQL_57;
import static dev.gatehouse.analyzer.lexer.Cutting.MYSQL_80;
import static dev.gatehouse.analyzer.lexer.Cutting.MYSQL_9;
import static dev.gatehouse.analyzer.lexer.Cutting.cut;
import static dev.gatehouse.analyzer.lexer.Cutting.modes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which comments are code. */
final class MySqlCommentsTest {

    @Test
    void ordinaryCommentsAreSkipped() {
        assertThat(cut("1 /* a */ 2 # b ' \n 3 -- c \" \n 4 --")).isEqualTo("#1 #2 #3 #4");
        assertThat(cut("1 # a\r2\n3")).isEqualTo("#1 #3");
        assertThat(cut("1--\t2\n3--\u00012\n4")).isEqualTo("#1 #3 #4");
        assertThat(cut("5--1 UNION SELECT")).isEqualTo("#5 - - #1 union select");
        assertThat(cut("5--\u00A01")).isEqualTo("#5 - - \u00A01");
        assertThat(cut("1/**/2/*/ 3 */4")).isEqualTo("#1 #2 #4");
        assertThat(cut("/* a /* b */ , ssn -- */")).isEqualTo(", ssn");
    }

    @Test
    void unfinishedCommentsAreRefused() {
        assertThat(cut("1 /* 2")).startsWith("!");
        assertThat(cut("1 /*/")).startsWith("!");
        assertThat(cut("1 /*! 2")).startsWith("!");
        assertThat(cut("1 /*!99999 2")).startsWith("!");
        assertThat(cut("1 /*!99998 /* 2 */")).startsWith("!");
    }

    @Test
    void executableCommentsAreCode() {
        assertThat(cut("1 /*! , 2 */ , 3")).isEqualTo("#1 , #2 , #3");
        assertThat(cut("1 /*!50000 , email */")).isEqualTo("#1 , email");
        assertThat(cut("/*!50000DROP*/ x")).isEqualTo("drop x");
        assertThat(cut("/*!1234 a*/")).isEqualTo("#1234 a");
        assertThat(cut("/*! x */ y")).isEqualTo("x y");
    }

    @Test
    void theVersionDecides() {
        assertThat(cut("/*!80000 a */", MYSQL_57)).isEmpty();
        assertThat(cut("/*!80000 a */", MYSQL_80)).isEqualTo("a");
        assertThat(cut("/*!90100 a */", MYSQL_9)).isEqualTo("a");
        assertThat(cut("/*!90101 a */", MYSQL_9)).isEmpty();
        assertThat(cut("/*!50700 a */", MARIADB)).isEmpty();
        assertThat(cut("/*!50699 a */", MARIADB)).isEqualTo("a");
        assertThat(cut("/*!100000 a */", MARIADB)).isEqualTo("a");
        assertThat(cut("/*!101106 a */", MARIADB)).isEqualTo("a");
        assertThat(cut("/*!101107 a */", MARIADB)).isEmpty();
        assertThat(cut("/*!99997 a */", MARIADB)).startsWith("!");
    }

    @Test
    void mariaDbHasItsOwn() {
        assertThat(cut("1 /*M! , 2 */", MARIADB)).isEqualTo("#1 , #2");
        assertThat(cut("1 /*M!50700 , 2 */", MARIADB)).isEqualTo("#1 , #2");
        assertThat(cut("/*M!100000 UNION SELECT ssn */", MARIADB)).isEqualTo("union select ssn");
        assertThat(cut("/*M!999999\\- enable the sandbox mode */", MARIADB)).isEmpty();
        assertThat(cut("1 /*M! , 2 */", MYSQL_80)).isEqualTo("#1");
        assertThat(cut("1 /*m! , 2 */", MARIADB)).isEqualTo("#1");
    }

    @Test
    void sixDigits() {
        assertThat(cut("/*!050000 a */", MARIADB)).isEqualTo("a");
        assertThat(cut("/*!1000000 */", MARIADB)).isEqualTo("#0");
        assertThat(cut("/*!080000 a */", MYSQL_9)).isEqualTo("a");
        assertThat(cut("/*!100000 a */", MYSQL_9)).isEmpty();
        assertThat(cut("/*!100000a */", MYSQL_9)).isEqualTo("[0a]");
        assertThat(cut("/*!100000 a */", MYSQL_80)).startsWith("!");
        assertThat(cut("/*!100000 a */", MYSQL_57)).isEqualTo("#0 a");
    }

    @Test
    void commentsInsideComments() {
        assertThat(cut("1 /*! , 2 /* , 3 */ , 4 */ , 5")).isEqualTo("#1 , #2 , #4 , #5");
        assertThat(cut("1 /*!99998 , 2 /* , 3 */ , 4 */ , 5")).isEqualTo("#1 , #5");
        assertThat(cut("1 /*! , 2 /*! , 3 */ , 4 */ , 5")).isEqualTo("#1 , #2 , #3 , #4 * / , #5");
        assertThat(cut("1 /*! , 2 /*!99998 , 3 */ , 4 */ , 5")).isEqualTo("#1 , #2 , #4 , #5");
        assertThat(cut("1 /*! , 2 # */\n , 4 */")).isEqualTo("#1 , #2 , #4");
        assertThat(cut("1 /*! , '*/' */")).isEqualTo("#1 , '*/'");
    }

    @Test
    void hintsAreKept() {
        assertThat(cut("SELECT /*+ BKA(t) */ a", MYSQL_80)).isEqualTo("select /+BKA(t)+/ a");
        assertThat(cut("SELECT /*+ SET_VAR(sql_mode='ANSI') */ a", MYSQL_9))
                .isEqualTo("select /+SET_VAR(sql_mode='ANSI')+/ a");
        assertThat(cut("SELECT /* x */ /*+ BKA(t) */ a", MYSQL_80)).isEqualTo("select a");
        assertThat(cut("SELECT a /*+ BKA(t) */", MYSQL_80)).isEqualTo("select a");
        assertThat(cut("SELECT /*+ BKA(t) */ a", MARIADB)).isEqualTo("select a");
        assertThat(cut("SELECT /*+ BKA(t) */ a", modes("12.0.1-MariaDB", ""))).isEqualTo("select /+BKA(t)+/ a");
        assertThat(cut("SELECT /*+ SET_VAR(a='*/ a", MYSQL_80)).startsWith("!");
        assertThat(cut("SELECT /*+ SET_VAR(a='*/') */ a", MYSQL_80)).startsWith("!");
        assertThat(cut("SELECT /*+ SET_VAR(a='\\'') */ a", MYSQL_80)).startsWith("!");
        assertThat(cut("SELECT /*+ BKA(t)", MYSQL_80)).startsWith("!");
    }
}
