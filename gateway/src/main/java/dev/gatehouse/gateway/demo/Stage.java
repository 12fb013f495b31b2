package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.command.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Everything a demo runs: the databases with the shop, the gateway before them, and the folder they live in. */
final class Stage implements AutoCloseable {

    private final DemoHome home;
    private final PostgresShop postgres;
    private final MySqlSide mysql;
    private final Parts.Running gateway;
    private final Ports ports;
    private final double seconds;
    private final boolean stays;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Stage(
            DemoHome home,
            PostgresShop postgres,
            MySqlSide mysql,
            Parts.Running gateway,
            Ports ports,
            double seconds,
            boolean stays) {
        this.home = home;
        this.postgres = postgres;
        this.mysql = mysql;
        this.gateway = gateway;
        this.ports = ports;
        this.seconds = seconds;
        this.stays = stays;
    }

    /**
     * Starts everything, both databases at the same time.
     *
     * @param folder where; must not exist or be empty
     * @param stays whether the folder is left there in the end
     */
    static Stage set(Parts parts, Path folder, Ports ports, Path adminSocket, boolean stays)
            throws IOException, SQLException {
        long start = System.nanoTime();
        DemoHome home = DemoHome.make(folder);
        CompletableFuture<MySqlSide> beginning =
                CompletableFuture.supplyAsync(() -> MySqlSide.start(home), task -> new Thread(task, "mariadb").start());
        try {
            PostgresShop postgres = PostgresShop.start(home);
            try {
                MySqlSide mysql = beginning.join();
                home.configure(ports, postgres.port(), port(mysql), adminSocket);
                Parts.Running gateway = parts.serve(home.config(), false);
                double seconds = (System.nanoTime() - start) / 1e9;
                return new Stage(home, postgres, mysql, gateway, ports, seconds, stays);
            } catch (IOException | RuntimeException e) {
                postgres.close();
                throw e;
            }
        } catch (IOException | SQLException | RuntimeException e) {
            beginning.join().shop().ifPresent(MariaDbShop::close);
            if (!stays) {
                home.remove();
            }
            throw e;
        }
    }

    private static OptionalInt port(MySqlSide mysql) {
        return mysql.shop().map(shop -> OptionalInt.of(shop.port())).orElse(OptionalInt.empty());
    }

    Path config() {
        return home.config();
    }

    PostgresShop postgres() {
        return postgres;
    }

    MySqlSide mysql() {
        return mysql;
    }

    Ports ports() {
        return ports;
    }

    /** Where the console is. */
    String console() {
        return "http://127.0.0.1:" + ports.web();
    }

    /** How long the start took. */
    double seconds() {
        return seconds;
    }

    /** Ends everything; a second call does nothing. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        gateway.close();
        mysql.shop().ifPresent(MariaDbShop::close);
        postgres.close();
        if (!stays) {
            home.remove();
        }
    }
}
