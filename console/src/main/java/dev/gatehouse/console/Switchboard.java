package dev.gatehouse.console;

import dev.gatehouse.console.api.Api;
import dev.gatehouse.console.page.Pages;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Connects a visit with what answers it. */
final class Switchboard {

    private static final List<String> EVENTS = List.of("v1", "events");

    private final Work work;
    private final Assets assets = new Assets();
    private final Site site;
    private final WebApi webApi;
    private final Events events;

    Switchboard(ConsoleSettings settings, House house, Work work, InstantSource clock) {
        this.work = work;
        Api api = new Api(house.desk(), house.receipts(), house.status(), clock);
        Reception reception = new Reception(settings, house, clock);
        this.site = new Site(house, new Pages(settings.gateway()), api, reception, clock);
        this.webApi = new WebApi(api, reception);
        this.events = new Events(api, reception);
    }

    Work work() {
        return work;
    }

    Events events() {
        return events;
    }

    /** Whether a visit tries a password, which is slow. */
    static boolean isSignIn(Visit visit) {
        return visit.isPost()
                && (visit.path().equals(List.of("signin")) || visit.path().equals(List.of("v1", "session")));
    }

    static boolean isEvents(Visit visit) {
        return visit.path().equals(EVENTS);
    }

    /** Answers a visit. Never on the loop. */
    Reply answer(Visit visit) {
        List<String> path = visit.path();
        if (path.size() == 2 && path.get(0).equals("assets") && visit.isGet()) {
            Optional<Reply> asset = assets.find(path.get(1));
            if (asset.isPresent()) {
                return asset.get();
            }
        }
        return visit.isCall() ? webApi.answer(visit) : site.answer(visit);
    }
}
