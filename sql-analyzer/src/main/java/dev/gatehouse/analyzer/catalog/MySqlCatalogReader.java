package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.analyzer.catalog.Server.Product;
import dev.gatehouse.analyzer.catalog.Server.TableNames;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Effect.Volatility;
import dev.gatehouse.firewall.statement.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the catalog of a whole MySQL or MariaDB server, whose statements may name any of its databases.
 *
 * <p>A view whose definition the login may not see counts as a view that cannot be read. Temporary tables belong to their
 * sessions and are not seen. Nor are tables that are locked at that moment, and views of them; MySQL shows those without a lock.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/en/information-schema.html">INFORMATION_SCHEMA Tables</a>
 */
final class MySqlCatalogReader {

    private static final String SERVER = "select version(), @@lower_case_table_names, @@global.sql_mode";

    private static final String DATABASES = "select schema_name from information_schema.schemata";

    private static final String COLUMNS = """
            select table_schema, table_name, column_name, ordinal_position, column_type, extra, generation_expression
            from information_schema.columns order by table_schema, table_name, ordinal_position
            """;

    private static final String RELATIONS = """
            select t.table_schema, t.table_name, t.table_type, v.view_definition, v.security_type, v.definer
            from information_schema.tables t left join information_schema.views v
              on v.table_schema = t.table_schema and v.table_name = t.table_name
            order by t.table_schema, t.table_name
            """;

    private static final String ROUTINES = """
            select routine_schema, routine_name, routine_type, is_deterministic, sql_data_access, routine_body,
                   security_type, definer
            from information_schema.routines order by routine_schema, routine_type, routine_name
            """;

    /** MariaDB looks into each table, and a lock on it may be kept for hours. What is locked is left out. */
    private static final String PREPARATION = "set lock_wait_timeout = 0";

    private static final int LOCKED = 1205;
    /** Of more warnings than these a server keeps none ({@code max_error_count}). */
    private static final int MOST_WARNINGS = 64;
    /** Most locks are gone in a moment. */
    private static final int LOOKS = 5;

    private static final long PAUSE_MILLIS = 100;

    private static final Pattern QUOTED = Pattern.compile("`((?:[^`]|``)+)`");

    private final List<Relation> relations = new ArrayList<>();
    private final List<Routine> routines = new ArrayList<>();
    private final Map<Table, List<Attribute>> columns = new HashMap<>();
    private final Map<Table, Map<String, String>> generated = new HashMap<>();

    private final Set<Table> locked = new HashSet<>();

    private MySqlCatalogReader() {}

    /** @param locked what was left out last time, which is not waited for; what is left out this time afterwards */
    static Snapshot read(Connection connection, Set<Table> locked) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Server server = server(statement, connection.getMetaData().getDatabaseProductName());
            if (server.product() == Product.MARIADB) {
                statement.execute(PREPARATION);
            }
            MySqlCatalogReader reader = tables(statement, locked);
            locked.clear();
            locked.addAll(reader.locked);
            reader.routines(statement);
            List<Constraint> constraints = MySqlConstraints.read(statement, server.product(), reader.relations);
            Snapshot read = SystemCatalog.complete(
                    server, databases(statement), reader.relations, reader.routines, constraints);
            return locked.isEmpty() ? read : read.lacking();
        }
    }

    private static MySqlCatalogReader tables(Statement statement, Set<Table> lockedBefore) throws SQLException {
        for (int look = 1; ; look++) {
            MySqlCatalogReader reader = new MySqlCatalogReader();
            boolean maybeLocked = reader.columns(statement);
            reader.relations(statement);
            if (maybeLocked) {
                reader.leaveOutLocked();
            }
            if (look == LOOKS || lockedBefore.containsAll(reader.locked)) {
                return reader;
            }
            pause();
        }
    }

    private void leaveOutLocked() {
        relations.stream()
                .filter(relation -> relation.columns().isEmpty())
                .map(Relation::table)
                .forEach(locked::add);
        relations.removeIf(relation -> locked.contains(relation.table()));
    }

    private static boolean isAnyLocked(Statement statement) throws SQLException {
        int warnings = 0;
        for (SQLWarning next = statement.getWarnings(); next != null; next = next.getNextWarning()) {
            warnings++;
            if (next.getErrorCode() == LOCKED) {
                return true;
            }
        }
        return warnings >= MOST_WARNINGS;
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    private static Server server(Statement statement, String product) throws SQLException {
        try (ResultSet row = statement.executeQuery(SERVER)) {
            row.next();
            int lower = row.getInt(2);
            TableNames names = lower == 0 ? TableNames.EXACT : lower == 1 ? TableNames.LOWERED : TableNames.CASELESS;
            String version = text(row, 1);
            boolean maria = product.equalsIgnoreCase("mariadb")
                    || version.toLowerCase(Locale.ROOT).contains("mariadb");
            return new Server(maria ? Product.MARIADB : Product.MYSQL, version, names, text(row, 3));
        }
    }

    private static Set<String> databases(Statement statement) throws SQLException {
        Set<String> databases = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(DATABASES)) {
            while (rows.next()) {
                databases.add(text(rows, 1));
            }
        }
        return databases;
    }

    /** Reads them; whether some of them may be missing as they are locked. */
    private boolean columns(Statement statement) throws SQLException {
        boolean maybeLocked;
        try (ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                Table table = new Table(text(rows, 1), text(rows, 2));
                String name = text(rows, 3);
                String extra = text(rows, 6).toUpperCase(Locale.ROOT);
                String expression = rows.getString(7);
                if (expression != null && !expression.isEmpty()) {
                    generated.computeIfAbsent(table, t -> new HashMap<>()).put(name, expression);
                }
                boolean hidden = List.of(extra.split("[ ,]+")).contains("INVISIBLE");
                columns.computeIfAbsent(table, t -> new ArrayList<>())
                        .add(new Attribute(rows.getInt(4), name, text(rows, 5), hidden, List.of()));
            }
            maybeLocked = isAnyLocked(statement);
        }
        generated.forEach((table, expressions) -> columns.computeIfPresent(table, (t, plain) -> plain.stream()
                .map(c -> traced(c, plain, expressions))
                .toList()));
        return maybeLocked;
    }

    /** A generated column with the columns that its expression names, and those that these are generated from. */
    private static Attribute traced(Attribute column, List<Attribute> all, Map<String, String> expressions) {
        Set<String> sources = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(column.name()));
        while (!open.isEmpty()) {
            String expression = expressions.getOrDefault(open.remove(0), "");
            for (Attribute other : all) {
                if (names(expression, other.name()) && sources.add(other.name())) {
                    open.add(other.name());
                }
            }
        }
        sources.remove(column.name());
        return new Attribute(column.number(), column.name(), column.type(), column.hidden(), List.copyOf(sources));
    }

    /** Whether an expression names a column. The servers write names in them in backticks. */
    static boolean names(String expression, String column) {
        Matcher names = QUOTED.matcher(expression);
        while (names.find()) {
            if (names.group(1).replace("``", "`").equalsIgnoreCase(column)) {
                return true;
            }
        }
        return false;
    }

    private void relations(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(RELATIONS)) {
            while (rows.next()) {
                Table table = new Table(text(rows, 1), text(rows, 2));
                Relation.Sort sort = sort(text(rows, 3));
                boolean view = sort == Relation.Sort.VIEW;
                boolean definer = "DEFINER".equals(rows.getString(5));
                relations.add(new Relation(
                        0,
                        table,
                        sort,
                        columns.getOrDefault(table, List.of()),
                        view ? Optional.of(Objects.requireNonNullElse(rows.getString(4), "")) : Optional.empty(),
                        definer ? Optional.of(text(rows, 6)) : Optional.empty(),
                        List.of()));
            }
        }
    }

    private static Relation.Sort sort(String type) {
        return switch (type) {
            case "VIEW" -> Relation.Sort.VIEW;
            case "SEQUENCE" -> Relation.Sort.SEQUENCE;
            default -> Relation.Sort.TABLE;
        };
    }

    private void routines(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(ROUTINES)) {
            while (rows.next()) {
                boolean procedure = text(rows, 3).equals("PROCEDURE");
                routines.add(new Routine(
                        text(rows, 1),
                        text(rows, 2).toLowerCase(Locale.ROOT),
                        procedure ? Routine.Sort.PROCEDURE : Routine.Sort.FUNCTION,
                        volatility(text(rows, 5), text(rows, 4).equals("YES")),
                        text(rows, 6).toLowerCase(Locale.ROOT),
                        text(rows, 7).equals("DEFINER") ? Optional.of(text(rows, 8)) : Optional.empty(),
                        List.of(),
                        !procedure,
                        procedure));
            }
        }
    }

    /** What a routine says of itself; the server checks none of it. */
    private static Volatility volatility(String access, boolean deterministic) {
        return switch (access) {
            case "NO SQL" -> deterministic ? Volatility.IMMUTABLE : Volatility.VOLATILE;
            case "READS SQL DATA" -> Volatility.STABLE;
            default -> Volatility.VOLATILE;
        };
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        return Objects.requireNonNullElse(rows.getString(column), "");
    }
}
