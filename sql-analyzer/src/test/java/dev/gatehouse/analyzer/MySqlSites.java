package dev.gatehouse.analyzer;

import dev.gatehouse.testing.MySqlProduct;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** The databases of one test class, one on each product, made when they are first asked for. */
final class MySqlSites implements AutoCloseable {

    /** Fills a new database. */
    interface Filling {
        void fill(MySqlSite site) throws SQLException;
    }

    private final Filling filling;
    private final Map<MySqlProduct, MySqlSite> sites = new EnumMap<>(MySqlProduct.class);

    MySqlSites(Filling filling) {
        this.filling = filling;
    }

    /**
     * The database on a product.
     *
     * @throws org.opentest4j.TestAbortedException when there is no such server to be had
     */
    MySqlSite on(MySqlProduct product) throws SQLException {
        MySqlSite site = sites.get(product);
        if (site == null) {
            site = new MySqlSite(product);
            sites.put(product, site);
            filling.fill(site);
        }
        return site;
    }

    @Override
    public void close() {
        sites.values().forEach(MySqlSite::close);
        sites.clear();
    }
}
