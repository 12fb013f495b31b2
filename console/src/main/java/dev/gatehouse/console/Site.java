package dev.gatehouse.console;

import dev.gatehouse.console.api.Api;
import dev.gatehouse.console.api.Caller;
import dev.gatehouse.console.api.Operation;
import dev.gatehouse.console.api.Problem;
import dev.gatehouse.console.api.Problem.Code;
import dev.gatehouse.console.page.Pages;
import dev.gatehouse.console.page.Shown;
import dev.gatehouse.console.page.Viewer;
import dev.gatehouse.console.signin.SignIn;
import dev.gatehouse.console.signin.WebSession;
import dev.gatehouse.firewall.approval.Ticket;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The pages: what is at each address, for whom, and what their forms do. */
final class Site {

    private static final int MOST_COMMENT = 4000;
    private static final Map<String, Operation> CHOICES =
            Map.of("approve", Operation.APPROVE, "reject", Operation.REJECT, "withdraw", Operation.WITHDRAW);

    private final House house;
    private final Pages pages;
    private final Api api;
    private final Reception reception;
    private final InstantSource clock;

    Site(House house, Pages pages, Api api, Reception reception, InstantSource clock) {
        this.house = house;
        this.pages = pages;
        this.api = api;
        this.reception = reception;
        this.clock = clock;
    }

    /** Answers, with a page that says so where something cannot be done. */
    Reply answer(Visit visit) {
        Optional<WebSession> session = reception.session(visit);
        try {
            return session.isPresent() ? inside(visit, session.get()) : outside(visit);
        } catch (Problem problem) {
            return Reply.page(
                    HttpResponseStatus.valueOf(problem.code().status()),
                    pages.problem(session.flatMap(known -> viewerIfKnown(visit, known)), problem));
        }
    }

    private Reply outside(Visit visit) {
        if (visit.path().equals(List.of("signin"))) {
            return visit.isPost() ? signIn(visit) : Reply.page(pages.signIn(""));
        }
        if (visit.isGet()) {
            return Reply.seeOther("/signin");
        }
        throw new Problem(Code.NOT_SIGNED_IN, "you are not signed in, or no longer", "sign in", "");
    }

    private Reply signIn(Visit visit) {
        reception.provenance().check(visit);
        Map<String, String> form = visit.form();
        SignIn.Outcome outcome =
                reception.signIn(visit, form.getOrDefault("name", ""), form.getOrDefault("password", ""));
        return outcome.match(
                in -> reception.badge().give(visit, Reply.seeOther("/"), in.token()),
                refused -> Reply.page(
                        HttpResponseStatus.UNAUTHORIZED,
                        pages.signIn("Name and password do not fit, or you may not sign in from here.")),
                tooMany -> Reply.page(
                                HttpResponseStatus.TOO_MANY_REQUESTS,
                                pages.signIn("There have been too many attempts. Try again in "
                                        + (tooMany.pause().toSeconds() + 1) + " s."))
                        .with("Retry-After", Long.toString(tooMany.pause().toSeconds() + 1)));
    }

    private Reply inside(Visit visit, WebSession session) {
        if (visit.path().equals(List.of("signin")) && visit.isPost()) {
            return signIn(visit);
        }
        if (visit.isGet()) {
            return read(visit, session);
        }
        if (!visit.isPost()) {
            throw new Problem(Code.METHOD_NOT_ALLOWED, "pages take GET and POST only", "", "");
        }
        Map<String, String> form = visit.form();
        reception.provenance().check(visit, session, form.getOrDefault("pass", ""));
        if (visit.path().equals(List.of("signout"))) {
            reception.end(visit);
            return reception.badge().take(visit, Reply.seeOther("/signin"));
        }
        return decide(visit, session, form);
    }

    private Reply read(Visit visit, WebSession session) {
        Viewer viewer = viewer(visit, session);
        List<String> path = visit.path();
        String first = path.isEmpty() ? "" : path.get(0);
        if (path.isEmpty() || path.equals(List.of("signin"))) {
            return Reply.seeOther("/approvals");
        }
        if (path.equals(List.of("approvals"))) {
            return Reply.page(pages.queue(viewer, shown(viewer, Ticket.Pending.class::isInstance)));
        }
        if (path.equals(List.of("approvals", "decided"))) {
            return Reply.page(pages.decided(viewer, shown(viewer, ticket -> !(ticket instanceof Ticket.Pending))));
        }
        if (path.equals(List.of("requests"))) {
            Caller caller = viewer.caller();
            return Reply.page(pages.requests(
                    viewer, shown(viewer, ticket -> ticket.request().isAskedBy(caller.reviewer()))));
        }
        if (path.equals(List.of("connect"))) {
            return Reply.page(pages.connect(viewer, house.destinations().apply(session.subject())));
        }
        if (first.equals("approvals") && path.size() == 2) {
            Ticket ticket = api.view(viewer.caller(), path.get(1));
            return Reply.page(pages.request(viewer, shown(ticket), Optional.empty(), ""));
        }
        throw nothing(visit);
    }

    private Reply decide(Visit visit, WebSession session, Map<String, String> form) {
        List<String> path = visit.path();
        Operation choice = path.size() == 3 && path.get(0).equals("approvals") ? CHOICES.get(path.get(2)) : null;
        if (choice == null) {
            throw nothing(visit);
        }
        Viewer viewer = viewer(visit, session);
        String id = path.get(1);
        String comment = form.getOrDefault("comment", "");
        try {
            if (comment.length() > MOST_COMMENT) {
                throw new Problem(Code.BAD_REQUEST, "a comment has up to " + MOST_COMMENT + " characters", "", id);
            }
            if (choice != Operation.WITHDRAW && !form.containsKey("code")) {
                throw new Problem(Code.BAD_REQUEST, "the code of what was looked at is missing", "", id);
            }
            api.decide(viewer.caller(), id, choice, form);
            return Reply.seeOther(
                    "/approvals/" + api.ticket(viewer.caller(), id).request().id());
        } catch (Problem problem) {
            // Where the request can be shown, the answer stands on its page, and what was written is not lost.
            Ticket ticket = api.ticket(viewer.caller(), id);
            return Reply.page(
                    HttpResponseStatus.valueOf(problem.code().status()),
                    pages.request(viewer, shown(ticket), Optional.of(problem), comment));
        }
    }

    private List<Shown> shown(Viewer viewer, Predicate<Ticket> wanted) {
        return api.tickets(viewer.caller()).stream()
                .filter(wanted)
                .map(this::shown)
                .toList();
    }

    private Shown shown(Ticket ticket) {
        return new Shown(ticket, api.waiting(ticket));
    }

    /** Whom a page is for that says what is wrong, unless it is just that which keeps it from being told. */
    private Optional<Viewer> viewerIfKnown(Visit visit, WebSession session) {
        try {
            return Optional.of(viewer(visit, session));
        } catch (Problem problem) {
            return Optional.empty();
        }
    }

    private Viewer viewer(Visit visit, WebSession session) {
        Caller caller = reception.caller(visit, session);
        int toDecide =
                (int) api.tickets(caller).stream().filter(caller::mayDecide).count();
        return new Viewer(caller, session.pass(), toDecide, clock.instant());
    }

    private static Problem nothing(Visit visit) {
        return new Problem(Code.NOT_FOUND, "there is nothing at /" + String.join("/", visit.path()), "", "");
    }
}
