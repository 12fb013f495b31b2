package dev.gatehouse.firewall.statement;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the gateway knows of one database's tables. Safe for use by many threads; an instance is one snapshot. */
public interface Catalog {

    /**
     * The base columns behind a result column that the server itself traced to a relation: through views, more than one.
     *
     * @param relation PostgreSQL's {@code pg_class.oid}, an unsigned number
     * @param attribute PostgreSQL's {@code pg_attribute.attnum}
     * @return null when the relation or column is not known
     */
    @Nullable
    Set<Column> origins(int relation, int attribute);

    /**
     * The base columns behind a column that the server named: through views, more than one.
     *
     * @param relation its name, with MySQL's database
     * @param column its name there
     * @return null when the relation or column is not known
     */
    default @Nullable Set<Column> origins(Table relation, String column) {
        return null;
    }

    /** The type of a table's column; empty when the table, the column or its type is not known. */
    default Optional<ColumnType> type(Column column) {
        return Optional.empty();
    }

    /** Where catalogs are kept. */
    interface Library {

        /** The catalog of a database as it is known now; an empty one while none has been read. */
        Catalog catalog(String upstream, String database);

        /** Says that a command which changes tables has run, so that the catalog is read again soon. */
        void changed(String upstream, String database);

        /**
         * Says that code has run which may have changed tables, so that they are looked at again.
         *
         * @param atOnce whether no statement may be read before that; otherwise it is done soon, and not too often
         */
        void doubted(String upstream, String database, boolean atOnce);
    }
}
