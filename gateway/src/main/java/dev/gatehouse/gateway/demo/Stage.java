package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.command.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Everything a demo runs: the database with the shop, the gateway before it, and the folder they live in. */
final class Stage implements AutoCloseable {

    private final DemoHome home;
    private final ShopDatabase shop;
    private final Parts.Running gateway;
    private final int port;
    private final double seconds;
    private final boolean stays;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Stage(DemoHome home, ShopDatabase shop, Parts.Running gateway, int port, double seconds, boolean stays) {
        this.home = home;
        this.shop = shop;
        this.gateway = gateway;
        this.port = port;
        this.seconds = seconds;
        this.stays = stays;
    }

    /**
     * Starts everything.
     *
     * @param folder where; must not exist or be empty
     * @param stays whether the folder is left there in the end
     */
    static Stage set(Parts parts, Path folder, int port, Path adminSocket, boolean stays)
            throws IOException, SQLException {
        long start = System.nanoTime();
        DemoHome home = DemoHome.make(folder);
        try {
            ShopDatabase shop = ShopDatabase.start(home);
            try {
                home.configure(port, shop.port(), adminSocket);
                Parts.Running gateway = parts.serve(home.config());
                return new Stage(home, shop, gateway, port, (System.nanoTime() - start) / 1e9, stays);
            } catch (IOException | RuntimeException e) {
                shop.close();
                throw e;
            }
        } catch (IOException | SQLException | RuntimeException e) {
            if (!stays) {
                home.remove();
            }
            throw e;
        }
    }

    Path config() {
        return home.config();
    }

    ShopDatabase shop() {
        return shop;
    }

    /** Where the gateway listens. */
    int port() {
        return port;
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
        shop.close();
        if (!stays) {
            home.remove();
        }
    }
}
