package dev.gatehouse.analyzer;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a real server does with a text. Every value in its tables says which column it stands in, so that whatever comes
 * back tells what was read; and the tables are compared before and after.
 *
 * @param shown the columns whose values came back
 * @param changed the tables that are not as they were
 * @param error the code of the error it ended with; null when it ended well
 */
record Truth(
        Set<String> shown, Set<String> changed, @Nullable String error) {

    /** Each table has a column {@code id} of a number, and these. */
    static final List<String> TABLES =
            List.of("users name email ssn", "orders note total", "archive name email", "secrets word");

    private static final Pattern MARK = Pattern.compile("([a-z]+)\\.([a-z]+)#\\d", Pattern.CASE_INSENSITIVE);
    private static final int ROWS = 2;

    Truth {
        shown = Set.copyOf(shown);
        changed = Set.copyOf(changed);
    }

    /** Makes the tables anew. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String line : TABLES) {
                String[] words = line.split(" ", -1);
                statement.execute("drop table if exists " + words[0]);
                StringBuilder columns = new StringBuilder();
                StringBuilder values = new StringBuilder();
                for (int i = 1; i < words.length; i++) {
                    columns.append(", ").append(words[i]).append(" varchar(60)");
                    values.append(", '")
                            .append(words[0])
                            .append('.')
                            .append(words[i])
                            .append("#@'");
                }
                statement.execute("create table " + words[0] + " (id int" + columns + ")");
                for (int row = 1; row <= ROWS; row++) {
                    String marks = values.toString().replace("@", Integer.toString(row));
                    statement.execute("insert into " + words[0] + " values (" + row + marks + ")");
                }
            }
        }
    }

    /**
     * Runs a text.
     *
     * @param connection its settings are the session's; a transaction of its own is rolled back when the text fails
     * @param schema where the tables are
     */
    static Truth of(String text, Connection connection, String schema) throws SQLException {
        Map<String, String> before = contents(connection, schema);
        Set<String> shown = new TreeSet<>();
        String error = null;
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(text);
            while (rows || statement.getUpdateCount() != -1) {
                if (rows) {
                    read(statement.getResultSet(), shown);
                }
                rows = statement.getMoreResults();
            }
        } catch (SQLException e) {
            error = code(e);
            find(e.getMessage(), shown);
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
        Map<String, String> after = contents(connection, schema);
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.removeIf(table -> Objects.equals(before.get(table), after.get(table)));
        return new Truth(shown, changed, error);
    }

    private static String code(SQLException e) {
        String state = e.getSQLState();
        return e.getErrorCode() == 0 ? String.valueOf(state) : Integer.toString(e.getErrorCode());
    }

    private static void read(ResultSet rows, Set<String> shown) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                find(rows.getString(i), shown);
            }
        }
    }

    /** Adds the columns whose marks stand in a text. */
    static void find(@Nullable String text, Set<String> shown) {
        if (text != null) {
            Matcher marks = MARK.matcher(text);
            while (marks.find()) {
                shown.add((marks.group(1) + "." + marks.group(2)).toLowerCase(Locale.ROOT));
            }
        }
    }

    private static Map<String, String> contents(Connection connection, String schema) {
        Map<String, String> contents = new TreeMap<>();
        for (String line : TABLES) {
            String table = line.split(" ", 2)[0];
            contents.put(table, content(connection, schema + "." + table));
        }
        return contents;
    }

    private static String content(Connection connection, String table) {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(rows.getMetaData().getColumnName(i))
                            .append('=')
                            .append(rows.getString(i))
                            .append(' ');
                }
                all.add(row.toString());
            }
        } catch (SQLException e) {
            return "gone";
        }
        return all.stream().sorted().toList().toString();
    }

    /** The columns, in a schema or database. */
    Set<Column> columns(String schema) {
        Set<Column> columns = new HashSet<>();
        for (String name : shown) {
            String[] parts = name.split("\\.", 2);
            columns.add(Column.of(schema, parts[0], parts[1]));
        }
        return columns;
    }

    /** The columns of one of the tables. */
    static Set<Column> columnsOf(Table table) {
        Set<Column> columns = new HashSet<>();
        for (String line : TABLES) {
            String[] words = line.split(" ", -1);
            for (int i = 1; i < words.length && words[0].equals(table.name()); i++) {
                columns.add(new Column(table, words[i]));
            }
        }
        return columns;
    }
}
