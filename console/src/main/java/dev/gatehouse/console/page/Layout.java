package dev.gatehouse.console.page;

import static dev.gatehouse.console.page.Element.element;

import java.util.Optional;

/** What every page has around what it is about. */
final class Layout {

    /** The parts of the console, as the first row of every page names them. */
    enum Place {
        APPROVALS,
        REQUESTS,
        CONNECT,
        NONE
    }

    private final String gateway;
    private final Place place;
    private final String title;

    /** What of the page follows what happens: a name that the script knows; empty for a page that stands still. */
    private final String live;

    Layout(String gateway, Place place, String title, String live) {
        this.gateway = gateway;
        this.place = place;
        this.title = title;
        this.live = live;
    }

    /** The page, for somebody or for whoever comes. */
    String page(Optional<Viewer> viewer, Element... content) {
        Element head = element("head")
                .add(
                        element("meta").with("charset", "utf-8"),
                        element("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                        element("title").text(title + " – " + gateway),
                        element("link").with("rel", "stylesheet").with("href", "/assets/console.css"),
                        element("link")
                                .with("rel", "icon")
                                .with("type", "image/svg+xml")
                                .with("href", "/assets/icon.svg"),
                        element("script").with("src", "/assets/theme.js"),
                        element("script").with("src", "/assets/console.js").flag("defer", true));
        Element main = element("main").with("id", "main").with("tabindex", "-1").add(content);
        Element body = element("body")
                .with("data-live", live)
                .add(
                        element("a", "skip").with("href", "#main").text("Skip to the content"),
                        header(viewer),
                        element("div", "news")
                                .with("id", "news")
                                .with("role", "status")
                                .flag("hidden", true),
                        main,
                        keys());
        return element("html").with("lang", "en").add(head, body).page();
    }

    private Element header(Optional<Viewer> viewer) {
        Element header = element("header")
                .add(element("a", "name")
                        .with("href", "/")
                        .add(element("strong").text("gatehouse"))
                        .text(" " + gateway));
        viewer.ifPresent(person -> header.add(navigation(person)));
        Element tools = element("div", "tools")
                .add(element("button")
                        .with("type", "button")
                        .with("id", "theme")
                        .with("aria-label", "Switch between the light and the dark theme")
                        .text("◐"));
        viewer.ifPresent(person -> tools.add(
                element("span", "me").text(person.caller().reviewer().name()),
                element("form")
                        .with("method", "post")
                        .with("action", "/signout")
                        .add(
                                pass(person),
                                element("button").with("type", "submit").text("Sign out"))));
        return header.add(tools);
    }

    private Element navigation(Viewer viewer) {
        Element approvals = entry(Place.APPROVALS, "/approvals", "Approvals");
        if (viewer.toDecide() > 0) {
            approvals.add(element("span", "badge").text(" " + viewer.toDecide()));
        }
        return element("nav")
                .with("aria-label", "Console")
                .add(
                        approvals,
                        entry(Place.REQUESTS, "/requests", "My requests"),
                        entry(Place.CONNECT, "/connect", "Connect"));
    }

    private Element entry(Place to, String address, String words) {
        Element link = element("a").with("href", address);
        if (to == place) {
            link.with("aria-current", "page");
        }
        return link.text(words);
    }

    /** What proves that a form comes from a page of this console. */
    static Element pass(Viewer viewer) {
        return element("input").with("type", "hidden").with("name", "pass").with("value", viewer.pass());
    }

    private static Element keys() {
        Element list = element("dl");
        String[][] keys = {
            {"j k", "next, previous request"},
            {"Enter", "open it"},
            {"a", "go to the comment, to approve"},
            {"r", "go to the comment, to reject"},
            {"Ctrl Enter", "in the comment: do what a or r began"},
            {"g a", "approvals"},
            {"g r", "my requests"},
            {"g c", "connect"},
            {"?", "these keys"}
        };
        for (String[] key : keys) {
            list.add(
                    element("dt").add(element("kbd").text(key[0])),
                    element("dd").text(key[1]));
        }
        return element("dialog")
                .with("id", "keys")
                .with("aria-labelledby", "keys-title")
                .add(
                        element("h2").with("id", "keys-title").text("Keys"),
                        list,
                        element("form")
                                .with("method", "dialog")
                                .add(element("button").with("type", "submit").text("Close")));
    }
}
