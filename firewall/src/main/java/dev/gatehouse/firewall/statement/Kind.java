package dev.gatehouse.firewall.statement;

import java.util.Locale;

/** What a statement does, in the words policy files use. A statement may be of several kinds at once. */
public enum Kind {
    SELECT(StatementClass.READ),
    DECLARE(StatementClass.READ, SELECT),
    FETCH(StatementClass.READ, SELECT),
    MOVE(StatementClass.READ, SELECT),
    CLOSE(StatementClass.READ, SELECT),
    INSERT(StatementClass.WRITE),
    UPDATE(StatementClass.WRITE),
    DELETE(StatementClass.WRITE),
    MERGE(StatementClass.WRITE),
    CALL(StatementClass.WRITE),
    DO(StatementClass.WRITE),
    EXECUTE(StatementClass.UNKNOWN),
    COPY_IN(StatementClass.WRITE),
    COPY_OUT(StatementClass.READ),
    COPY_PROGRAM(StatementClass.ADMIN),
    COPY_FILE(StatementClass.ADMIN),
    INTO_OUTFILE(StatementClass.ADMIN),
    LOAD_DATA(StatementClass.WRITE),
    LOAD_DATA_LOCAL(StatementClass.WRITE),
    CREATE(StatementClass.DDL),
    IMPORT(StatementClass.DDL, CREATE),
    ALTER(StatementClass.DDL),
    REFRESH(StatementClass.DDL, ALTER),
    REASSIGN(StatementClass.DDL, ALTER),
    DROP(StatementClass.DDL),
    TRUNCATE(StatementClass.DDL),
    RENAME(StatementClass.DDL),
    COMMENT(StatementClass.DDL),
    SECURITY_LABEL(StatementClass.DDL, COMMENT),
    GRANT(StatementClass.DCL),
    REVOKE(StatementClass.DCL),
    SET(StatementClass.SESSION),
    RESET(StatementClass.SESSION),
    DISCARD(StatementClass.SESSION, RESET),
    SIGNAL(StatementClass.SESSION, SET),
    SHOW(StatementClass.SESSION),
    DESCRIBE(StatementClass.SESSION, SHOW),
    HELP(StatementClass.SESSION, SHOW),
    USE(StatementClass.SESSION),
    BEGIN(StatementClass.TRANSACTION),
    COMMIT(StatementClass.TRANSACTION),
    ROLLBACK(StatementClass.TRANSACTION),
    SAVEPOINT(StatementClass.TRANSACTION),
    LOCK(StatementClass.TRANSACTION),
    UNLOCK(StatementClass.TRANSACTION, LOCK),
    EXPLAIN(StatementClass.READ),
    ANALYZE(StatementClass.ADMIN),
    VACUUM(StatementClass.ADMIN),
    CLUSTER(StatementClass.ADMIN, VACUUM),
    REINDEX(StatementClass.ADMIN, VACUUM),
    CHECKPOINT(StatementClass.ADMIN, VACUUM),
    OPTIMIZE(StatementClass.ADMIN, VACUUM),
    REPAIR(StatementClass.ADMIN, VACUUM),
    CHECK(StatementClass.ADMIN, ANALYZE),
    CHECKSUM(StatementClass.ADMIN, ANALYZE),
    CACHE_INDEX(StatementClass.ADMIN, VACUUM),
    LOAD(StatementClass.ADMIN),
    INSTALL(StatementClass.ADMIN, LOAD),
    UNINSTALL(StatementClass.ADMIN, LOAD),
    FLUSH(StatementClass.ADMIN),
    PURGE(StatementClass.ADMIN),
    REPLICATION(StatementClass.ADMIN),
    BINLOG(StatementClass.ADMIN),
    BACKUP(StatementClass.ADMIN),
    CLONE(StatementClass.ADMIN),
    LISTEN(StatementClass.SESSION),
    UNLISTEN(StatementClass.SESSION, LISTEN),
    NOTIFY(StatementClass.SESSION),
    PREPARE(StatementClass.SESSION),
    DEALLOCATE(StatementClass.SESSION),
    KILL(StatementClass.ADMIN),
    SHUTDOWN(StatementClass.ADMIN),
    RESTART(StatementClass.ADMIN),
    HANDLER(StatementClass.READ),
    UNKNOWN(StatementClass.UNKNOWN);

    private final StatementClass statementClass;
    private final Kind broader;

    Kind(StatementClass statementClass) {
        this.statementClass = statementClass;
        this.broader = this;
    }

    Kind(StatementClass statementClass, Kind broader) {
        this.statementClass = statementClass;
        this.broader = broader;
    }

    /** The kind that policy means along with this one: who names SELECT means FETCH too. This kind, where there is none. */
    public Kind broader() {
        return broader;
    }

    /** The class this kind belongs to. */
    public StatementClass statementClass() {
        return statementClass;
    }

    /** The word policy files use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
