package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Table;
import java.util.Locale;
import java.util.Set;

/**
 * What server a snapshot is of, as far as that decides what names mean.
 *
 * @param product who made it
 * @param version its version, as it says it
 * @param tableNames how it compares the names of databases and tables
 * @param sqlMode MySQL's {@code sql_mode} that new sessions begin with; empty for PostgreSQL
 */
public record Server(Product product, String version, TableNames tableNames, String sqlMode) {

    /** A PostgreSQL of unknown version. */
    public static final Server POSTGRESQL = new Server(Product.POSTGRESQL, "", TableNames.EXACT, "");

    private static final String INFORMATION_SCHEMA = "information_schema";
    private static final Set<String> POSTGRESQL_SCHEMAS = Set.of("pg_catalog", INFORMATION_SCHEMA);
    private static final Set<String> MYSQL_SCHEMAS = Set.of("mysql", INFORMATION_SCHEMA, "performance_schema", "sys");

    /** The makes of servers. */
    public enum Product {
        POSTGRESQL(Dialect.POSTGRESQL),
        MYSQL(Dialect.MYSQL),
        MARIADB(Dialect.MYSQL);

        private final Dialect dialect;

        Product(Dialect dialect) {
            this.dialect = dialect;
        }

        /** What it speaks. */
        public Dialect dialect() {
            return dialect;
        }
    }

    /**
     * How names of databases and tables are kept and compared.
     *
     * @see <a href="https://dev.mysql.com/doc/refman/en/identifier-case-sensitivity.html">lower_case_table_names</a>
     */
    public enum TableNames {
        /** Kept as given, compared letter by letter: PostgreSQL, and MySQL's 0. */
        EXACT,
        /** Kept in lower case: MySQL's 1. */
        LOWERED,
        /** Kept as given, compared in lower case: MySQL's 2. */
        CASELESS
    }

    /** Whether a schema is the server's own. */
    public boolean isSystem(String schema) {
        return product == Product.POSTGRESQL
                ? POSTGRESQL_SCHEMAS.contains(schema)
                : MYSQL_SCHEMAS.contains(schema.toLowerCase(Locale.ROOT));
    }

    /** The form in which two names of one table are equal. */
    Table folded(Table table) {
        if (product == Product.POSTGRESQL) {
            return table;
        }
        boolean caseless = tableNames != TableNames.EXACT || table.schema().equalsIgnoreCase(INFORMATION_SCHEMA);
        return caseless
                ? new Table(
                        table.schema().toLowerCase(Locale.ROOT), table.name().toLowerCase(Locale.ROOT))
                : table;
    }
}
