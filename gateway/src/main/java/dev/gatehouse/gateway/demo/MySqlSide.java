package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.demo.MariaDbBinaries.Absent;
import java.io.IOException;
import java.util.Optional;

/**
 * What a demo has of MySQL. Without it the demo goes on with PostgreSQL and says why: whoever came to see the product sees
 * it. Only to the script, which is there to check, a server that does not start is a fault.
 */
sealed interface MySqlSide {

    /** A server runs. */
    record Running(MariaDbShop server) implements MySqlSide {}

    /** There is no server for this machine. */
    record Lacking(String why) implements MySqlSide {}

    /** There is one, and it does not start. */
    record Failing(String why) implements MySqlSide {}

    /** Starts a server if there is one. */
    static MySqlSide start(DemoHome home) {
        try {
            return new Running(MariaDbShop.start(home));
        } catch (Absent e) {
            return new Lacking(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Failing("MariaDB does not start here: " + e.getMessage());
        }
    }

    default Optional<MariaDbShop> shop() {
        return this instanceof Running running ? Optional.of(running.server()) : Optional.empty();
    }
}
