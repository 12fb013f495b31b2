package dev.gatehouse.console.page;

import static dev.gatehouse.console.page.Element.element;

import dev.gatehouse.firewall.statement.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How to connect, for each client people use, with the timeouts that suit statements that wait. */
final class ConnectPage {

    private ConnectPage() {}

    private record Way(String client, String line) {}

    static String page(Layout layout, Viewer viewer, List<Destination> destinations) {
        Element page = element("div")
                .add(
                        element("h1").text("Connect"),
                        element("p")
                                .text("Point a client at the gateway as if it were the server. The user is yours,"
                                        + " the password too; the server's own credentials stay here."));
        if (destinations.isEmpty()) {
            page.add(element("p", "empty").text("The policy lets you use no database."));
        }
        String user = viewer.caller().reviewer().name();
        for (Destination to : destinations) {
            Element card = element("section", "card")
                    .add(
                            element("h2").text(to.upstream()),
                            element("p")
                                    .text(dialect(to) + ", with the login " + to.login() + ", at " + to.host() + ":"
                                            + to.port()));
            for (Way way : ways(to, user)) {
                card.add(element("div", "way")
                        .add(
                                element("h3").text(way.client()),
                                element("pre")
                                        .with("tabindex", "0")
                                        .with("aria-label", way.client())
                                        .add(element("code").text(way.line())),
                                element("button", "copy").with("type", "button").text("Copy")));
            }
            page.add(card);
        }
        return layout.page(
                Optional.of(viewer),
                page.add(element("p")
                        .text("A statement may wait for a person. Leave socket timeouts at 30 s or more, or off; the"
                                + " gateway keeps the connection awake meanwhile.")));
    }

    private static String dialect(Destination to) {
        return to.dialect() == Dialect.POSTGRESQL ? "PostgreSQL" : "MySQL";
    }

    private static List<Way> ways(Destination to, String user) {
        List<Way> ways = new ArrayList<>();
        String at = to.host() + ":" + to.port();
        if (to.dialect() == Dialect.POSTGRESQL) {
            String mode = to.encrypted() ? "require" : "disable";
            ways.add(new Way(
                    "psql",
                    "psql "
                            + quoted("host=" + to.host() + " port=" + to.port() + " dbname=" + to.upstream() + " user="
                                    + user + " sslmode=" + mode)));
            ways.add(new Way(
                    "JDBC",
                    "jdbc:postgresql://" + at + "/" + to.upstream() + "?user=" + user + "&sslmode=" + mode
                            + "&tcpKeepAlive=true"));
            ways.add(new Way(
                    "Python",
                    "psycopg.connect(host=\"" + to.host() + "\", port=" + to.port() + ", dbname=\"" + to.upstream()
                            + "\", user=\"" + user + "\", sslmode=\"" + mode + "\")"));
            ways.add(new Way(
                    "Node",
                    "new pg.Client({ host: \"" + to.host() + "\", port: " + to.port()
                            + ", database: \"" + to.upstream() + "\", user: \"" + user + "\""
                            + (to.encrypted() ? ", ssl: true" : "") + " })"));
        } else {
            ways.add(new Way(
                    "mysql",
                    "mysql -h " + quoted(to.host()) + " -P " + to.port() + " -u " + quoted(user) + " -p "
                            + quoted(to.upstream())));
            ways.add(new Way(
                    "JDBC",
                    "jdbc:mysql://" + at + "/" + to.upstream() + "?user=" + user + "&tcpKeepAlive=true"
                            + (to.encrypted() ? "&sslMode=REQUIRED" : "")));
            ways.add(new Way(
                    "Python",
                    "pymysql.connect(host=\"" + to.host() + "\", port=" + to.port() + ", database=\"" + to.upstream()
                            + "\", user=\"" + user + "\", password=…)"));
            ways.add(new Way(
                    "Node",
                    "mysql.createConnection({ host: \"" + to.host() + "\", port: " + to.port() + ", database: \""
                            + to.upstream() + "\", user: \"" + user + "\" })"));
        }
        return ways;
    }

    /** One word for a shell. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+:,./=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
