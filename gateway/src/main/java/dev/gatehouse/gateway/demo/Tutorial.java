package dev.gatehouse.gateway.demo;

import java.util.List;

/** The statements of the demo, and how a person is told to try them. */
final class Tutorial {

    static final String USER = "maya";
    static final String MASKED = "SELECT name,email,card FROM customers ORDER BY id LIMIT 3";
    static final String BLOCKED = "DELETE FROM orders";
    static final String HELD = "UPDATE orders SET status='paid' WHERE id<2000";
    static final int HELD_ROWS = 1999;

    private Tutorial() {}

    /**
     * What is printed once everything runs.
     *
     * @param port where the gateway listens
     * @param seconds how long the start took
     * @param self how this program is called where it was started
     */
    static List<String> lines(int port, double seconds, String self) {
        return List.of(
                String.format(
                        "gatehouse demo  embedded PostgreSQL started, shop data loaded (4 tables, 12,000 rows)   %.1f s",
                        seconds),
                "Try, in another terminal:",
                "  1 masked read      " + PsqlClient.command(port, USER, MASKED),
                "  2 blocked          " + PsqlClient.command(port, USER, BLOCKED),
                "  3 held             " + PsqlClient.command(port, USER, HELD) + "      ← waits for you",
                "  4 who waits        " + self + " approvals list",
                "  5 approve it       " + self + " approvals approve --last --as lead -m \"ok, ticket CHG-1\"",
                "  6 what happened    " + self + " journal list",
                "  7 replay           " + self + " journal replay --last --speed 4",
                "Users maya, erik, lead, support-agent, password demo.   Ctrl-C stops and removes everything.");
    }
}
