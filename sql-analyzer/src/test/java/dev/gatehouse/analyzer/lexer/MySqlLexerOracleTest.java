package dev.gatehouse.analyzer.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.testing.MySqlProduct;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lexer beside a real server: both see the same columns in the same text. */
@ParameterizedClass
@EnumSource(MySqlProduct.class)
final class MySqlLexerOracleTest {

    private static final int TEXTS = 4000;
    private static final String[] ALPHABET =
            ("' \" ` --@ # /*@ */ /*!@ /*!50000@ /*!50699 /*M!100000@ /*!99998@ /*+ $ a 1 1.5 .5 0x1 1e 1e1x 1e1 - -- + @, @, @, N' "
                            + "x'1f' _utf8 'a' \"a\" `a` \\ \\' '' . é \u00A0 @x ) ( * / \\N ! < > = & | b 23 7 \r\n \n ; 1. 0b1 0X1f .a .1a ~ % {d }")
                    .split(" ");

    private final Connection connection;

    MySqlLexerOracleTest(MySqlProduct product) throws SQLException {
        connection = product.server().connect("mysql");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES"})
    void whatTheServerTakesIsCutAlike(String sqlMode) throws SQLException {
        Modes.MySql modes = modes(sqlMode);
        Random random = new Random(4711);
        List<String> differing = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < TEXTS; i++) {
            String sql = text(random);
            int columns = columns(sql);
            if (columns >= 0) {
                taken++;
                int seen = seen(sql, modes);
                if (seen >= 0 && seen != columns) {
                    differing.add(columns + " not " + seen + ": " + sql);
                }
            }
        }
        assertThat(differing).isEmpty();
        assertThat(taken).isGreaterThan(TEXTS / 50);
    }

    /** A SELECT of a few short items, some of which begin or end what should not begin or end. */
    private static String text(Random random) {
        StringBuilder sql = new StringBuilder("select 1");
        int pieces = 1 + random.nextInt(7);
        for (int i = 0; i < pieces; i++) {
            String piece =
                    ALPHABET[random.nextInt(ALPHABET.length)].replace("@,", ",").replaceFirst("@$", " ");
            sql.append(random.nextInt(3) == 0 ? " " : "").append(piece);
            if (random.nextInt(3) == 0) {
                sql.append(", 2");
            }
        }
        return sql.toString();
    }

    private Modes.MySql modes(String sqlMode) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set sql_mode = '" + sqlMode + "'");
            try (ResultSet row = statement.executeQuery("select @@version, @@sql_mode, @@lower_case_table_names")) {
                row.next();
                return (Modes.MySql) Modes.MySql.of(row.getString(1), row.getString(2), row.getInt(3));
            }
        }
    }

    /** How many columns the server gives; -1 when it does not take the text. */
    private int columns(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(sql)) {
                return rows.getMetaData().getColumnCount();
            }
        } catch (SQLException e) {
            return -1;
        }
    }

    /** How many columns the tokens show; -1 when they are refused. */
    private static int seen(String sql, Modes.MySql modes) {
        try {
            int depth = 0;
            int commas = 0;
            for (Token token : MySqlLexer.read(sql, modes)) {
                depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
                commas += depth == 0 && token.isMark(",") ? 1 : 0;
                if (token.sort() == Sort.END) {
                    return commas + 1;
                }
            }
            return 0;
        } catch (Unreadable e) {
            return -1;
        }
    }
}
