package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process that brings a desk's request to a point, says so, and then waits to be killed. */
public final class KilledGateway {

    private KilledGateway() {}

    /**
     * Goes so far and waits.
     *
     * @param arguments the store's folder, and how far to go: {@code asked}, {@code approved}, {@code claimed}
     */
    public static void main(String[] arguments) throws InterruptedException {
        Desk desk = new Desk(new StoreSettings.Embedded(Path.of(arguments[0])), Optional.empty());
        desk.now = Instant.now();
        desk.ask(desk.request("req_1", Desk.ERIK, 2), desk.applicant(99, Duration.ZERO));
        desk.approvals.approve("req_1", Optional.empty(), Desk.LENA, "first");
        if (!arguments[1].equals("asked")) {
            desk.approvals.approve("req_1", Optional.empty(), Desk.TOM, "second");
        }
        if (arguments[1].equals("claimed")) {
            Place place = desk.ask(desk.request("req_1", Desk.ERIK, 2), desk.applicant(100, Duration.ZERO));
            System.out.println(place.now().getClass().getSimpleName());
        }
        System.out.println("ready");
        Thread.sleep(Long.MAX_VALUE);
    }
}
