package dev.gatehouse.gateway;

import dev.gatehouse.analyzer.catalog.CatalogReader;
import dev.gatehouse.analyzer.catalog.Servers;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.policy.MaskTypes;
import dev.gatehouse.firewall.policy.MaskTypes.Misfit;
import dev.gatehouse.firewall.policy.RuleBook;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.ColumnType;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.gateway.settings.Code;
import dev.gatehouse.gateway.settings.Configuration;
import dev.gatehouse.gateway.settings.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells where a policy's masks do not fit the types of the columns that are there. */
final class MaskFit {

    private static final Logger LOG = LoggerFactory.getLogger(MaskFit.class);

    /** More of one database nobody reads. */
    private static final int MOST = 1_000;

    private final MaskTypes types;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** @param book whose masks are compared */
    MaskFit(RuleBook book) {
        this.types = new MaskTypes(book);
    }

    /**
     * Asks every upstream for its columns.
     *
     * @return what is wrong, by the places in the policy's files
     */
    static List<Problem> ask(Configuration configuration, String serverFile) {
        MaskFit fit = new MaskFit(configuration.policy().book());
        List<Problem> problems = new ArrayList<>();
        for (Upstream upstream : configuration.settings().upstreams()) {
            Set<String> databases = new LinkedHashSet<>(List.of(upstream.defaultDatabase()));
            if (upstream.dialect() == Dialect.POSTGRESQL) {
                databases.addAll(upstream.databases());
            }
            for (String database : databases) {
                try (Connection connection = Servers.of(upstream, database).getConnection()) {
                    Snapshot snapshot = new CatalogReader().read(connection);
                    fit.misfits(upstream, database, snapshot)
                            .forEach(misfit -> problems.add(problem(misfit, upstream)));
                } catch (SQLException e) {
                    String message = "the catalog of " + upstream.name() + "/" + database
                            + " cannot be read, so that masks could not be compared with its types: " + e.getMessage();
                    problems.add(new Problem(Code.NO_CATALOG, serverFile, 0, 0, 0, message, ""));
                }
            }
        }
        return problems;
    }

    private static Problem problem(Misfit misfit, Upstream upstream) {
        Ruling.Source place = misfit.mask().place();
        return new Problem(
                Code.MASK_TYPE,
                place.file(),
                place.line(),
                0,
                0,
                "upstream " + upstream.name() + ": " + misfit.text(),
                "");
    }

    /** Writes to the log what does not fit, each once. */
    void log(Upstream upstream, String database, Snapshot snapshot) {
        for (Misfit misfit : misfits(upstream, database, snapshot)) {
            Ruling.Source place = misfit.mask().place();
            String text = place.file() + ":" + place.line() + "  upstream " + upstream.name() + ": " + misfit.text();
            if (logged.add(text)) {
                LOG.warn("{}", text);
            }
        }
    }

    private List<Misfit> misfits(Upstream upstream, String database, Snapshot snapshot) {
        List<Misfit> misfits = types.misfits(upstream, database, columns(snapshot));
        return misfits.size() <= MOST ? misfits : misfits.subList(0, MOST);
    }

    /** The columns of the tables that are not the server's own; those of a view are told by the tables under it. */
    private static Map<Column, ColumnType> columns(Snapshot snapshot) {
        Map<Column, ColumnType> columns = new LinkedHashMap<>();
        Dialect dialect = snapshot.server().product().dialect();
        for (Snapshot.Relation relation : snapshot.relations()) {
            boolean table =
                    switch (relation.sort()) {
                        case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE -> true;
                        case VIEW, MATERIALIZED_VIEW, SEQUENCE -> false;
                    };
            if (table && !snapshot.server().isSystem(relation.table().schema())) {
                relation.columns().stream()
                        .filter(column -> !column.type().isEmpty())
                        .forEach(column -> columns.put(
                                new Column(relation.table(), column.name()), ColumnType.of(dialect, column.type())));
            }
        }
        return columns;
    }
}
