package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.analyzer.catalog.DatabaseCatalog;
import dev.gatehouse.firewall.statement.Catalog;

/** Traces the columns that a server names in its own descriptions of results, through the views its catalog holds. */
public final class Origins implements Catalog.Library {

    private final Catalogs catalogs;

    /**
     * Traces by these catalogs.
     *
     * @param catalogs stay the caller's to close
     */
    public Origins(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    @Override
    public Catalog catalog(String upstream, String database) {
        return Views.of(catalogs.of(upstream, database).snapshot());
    }

    @Override
    public void changed(String upstream, String database) {
        catalogs.of(upstream, database).changed();
    }

    @Override
    public void doubted(String upstream, String database, boolean atOnce) {
        DatabaseCatalog catalog = catalogs.of(upstream, database);
        if (atOnce) {
            catalog.doubted();
        } else if (catalog.demand()) {
            DatabaseCatalog.Current unused = catalog.atHand();
        }
    }
}
