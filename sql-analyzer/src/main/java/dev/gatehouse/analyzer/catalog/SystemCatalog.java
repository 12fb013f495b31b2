package dev.gatehouse.analyzer.catalog;

import dev.gatehouse.analyzer.catalog.Server.Product;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What every server has, and a catalog of one may not mention: MySQL's functions, and all of PostgreSQL's own. */
final class SystemCatalog {

    private static final String POSTGRESQL = "postgresql-18.json";

    private SystemCatalog() {}

    /** A snapshot of these and of what the server has besides. */
    static Snapshot complete(
            Server server,
            Set<String> schemas,
            List<Relation> relations,
            List<Routine> routines,
            List<Constraint> constraints) {
        if (server.product() != Product.POSTGRESQL) {
            List<Routine> all = new ArrayList<>(routines);
            all.addAll(MySqlRoutines.NATIVE);
            return new Snapshot(server, schemas, relations, all, constraints);
        }
        boolean whole = routines.stream().anyMatch(routine -> server.isSystem(routine.schema()));
        return whole
                ? new Snapshot(server, schemas, relations, routines, constraints)
                : withShipped(server, schemas, relations, routines, constraints);
    }

    private static Snapshot withShipped(
            Server server,
            Set<String> schemas,
            List<Relation> relations,
            List<Routine> routines,
            List<Constraint> constraints) {
        Snapshot shipped = Shipped.POSTGRESQL;
        Set<String> allSchemas = new HashSet<>(schemas);
        allSchemas.addAll(shipped.schemas());
        List<Relation> allRelations = new ArrayList<>(relations);
        if (relations.stream()
                .noneMatch(relation -> server.isSystem(relation.table().schema()))) {
            allRelations.addAll(shipped.relations());
        }
        List<Routine> allRoutines = new ArrayList<>(routines);
        allRoutines.addAll(shipped.routines());
        return new Snapshot(server, allSchemas, allRelations, allRoutines, constraints);
    }

    /** Read when first needed. */
    private static final class Shipped {

        static final Snapshot POSTGRESQL = read();

        private static Snapshot read() {
            InputStream resource = SystemCatalog.class.getResourceAsStream(SystemCatalog.POSTGRESQL);
            try (Reader file = new InputStreamReader(Objects.requireNonNull(resource), StandardCharsets.UTF_8)) {
                return CatalogFile.read(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
