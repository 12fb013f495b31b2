package dev.gatehouse.analyzer;

import dev.gatehouse.testing.MySqlProduct;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each text is run on a real server; what the server did must be what is said of it, and no more than what the analyzer saw.
 */
@ParameterizedClass
@EnumSource(MySqlProduct.class)
final class MySqlBypassTest {

    private static final MySqlSites SITES = new MySqlSites(MySqlBypassTest::renew);

    private final MySqlSite site;

    MySqlBypassTest(MySqlProduct product) throws SQLException {
        site = SITES.on(product);
    }

    @AfterAll
    static void close() {
        SITES.close();
    }

    /** The database as it was at first. */
    private static void renew(MySqlSite site) throws SQLException {
        try (Connection connection = site.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database " + site.database());
            statement.execute("create database " + site.database());
            statement.execute("use " + site.database());
            Truth.prepare(connection);
            statement.execute("create view contact as select id, lower(email) as mail from users");
            statement.execute("create procedure wipe() delete from users");
            statement.execute("create function best() returns text reads sql data return (select max(ssn) from users)");
        }
    }

    @TestFactory
    Stream<DynamicTest> theServerDoesNoMoreThanTheAnalyzerSaw() {
        return MySqlBypasses.on(site.product()).map(row -> DynamicTest.dynamicTest(row.toString(), () -> check(row)));
    }

    private void check(Bypass row) throws SQLException {
        Truth truth;
        try (Connection session = site.connect(row.mode())) {
            truth = Truth.of(row.text(), session, site.database());
        }
        if (!truth.changed().isEmpty() || row.text().contains("CREATE")) {
            renew(site);
        }
        row.check(truth, site.analyzer(), site.scope(row.mode()), site.database());
    }
}
