package dev.gatehouse.console.page;

import static dev.gatehouse.console.page.Element.element;

import dev.gatehouse.console.api.Problem;
import dev.gatehouse.console.page.Layout.Place;
import java.util.List;
import java.util.Optional;

/** The pages of the console, each as a whole HTML document. */
public final class Pages {

    private final String gateway;

    /** @param gateway the appliance's own name, for the head of each page */
    public Pages(String gateway) {
        this.gateway = gateway;
    }

    /**
     * Where people sign in.
     *
     * @param complaint why the last attempt came to nothing; empty for none
     */
    public String signIn(String complaint) {
        Element form = element("form", "card narrow")
                .with("method", "post")
                .with("action", "/signin")
                .add(element("h1").text("Sign in"));
        if (!complaint.isEmpty()) {
            form.add(alert(complaint));
        }
        form.add(
                field("name", "Name", "text", "username", true),
                field("password", "Password", "password", "current-password", false));
        return layout(Place.NONE, "Sign in", "")
                .page(
                        Optional.empty(),
                        form.add(element("button", "primary")
                                .with("type", "submit")
                                .text("Sign in")));
    }

    private static Element field(String name, String words, String type, String kind, boolean isFirst) {
        return element("label")
                .text(words)
                .add(element("input")
                        .with("type", type)
                        .with("name", name)
                        .with("autocomplete", kind)
                        .with("maxlength", "256")
                        .with("autocapitalize", "none")
                        .flag("required", true)
                        .flag("autofocus", isFirst));
    }

    /** What waits, for this person and for others. */
    public String queue(Viewer viewer, List<Shown> waiting) {
        return QueuePage.page(layout(Place.APPROVALS, "Approvals", "list"), viewer, waiting);
    }

    /** What has been decided, or ended otherwise. */
    public String decided(Viewer viewer, List<Shown> ended) {
        return QueuePage.decided(layout(Place.APPROVALS, "Decided", "list"), viewer, ended);
    }

    /** What this person, and the agents they answer for, have asked for. */
    public String requests(Viewer viewer, List<Shown> own) {
        return QueuePage.requests(layout(Place.REQUESTS, "My requests", "list"), viewer, own);
    }

    /**
     * One request, with nothing left out.
     *
     * @param complaint why the last attempt to decide came to nothing
     * @param comment what was written then
     */
    public String request(Viewer viewer, Shown shown, Optional<Problem> complaint, String comment) {
        Layout layout = layout(Place.APPROVALS, shown.ticket().request().id(), "request");
        return new RequestPage(viewer, shown).page(layout, complaint.map(p -> alert(words(p))), comment);
    }

    /** How to connect to what this person may use. */
    public String connect(Viewer viewer, List<Destination> destinations) {
        return ConnectPage.page(layout(Place.CONNECT, "Connect", ""), viewer, destinations);
    }

    /** What is shown in place of a page that there is not. */
    public String problem(Optional<Viewer> viewer, Problem problem) {
        return layout(Place.NONE, "Not possible", "")
                .page(
                        viewer,
                        element("h1").text("That is not possible"),
                        alert(words(problem)),
                        element("p").add(element("a").with("href", "/approvals").text("To the approvals")));
    }

    private static String words(Problem problem) {
        return problem.code() == Problem.Code.COMMENT_REQUIRED
                ? "Say why: this decision needs a comment."
                : problem.message();
    }

    static Element alert(String words) {
        return element("p", "alert").with("role", "alert").text("⚠ " + words);
    }

    private Layout layout(Place place, String title, String live) {
        return new Layout(gateway, place, title, live);
    }
}
