package dev.gatehouse.gateway.demo;

import java.util.ArrayList;
import java.util.List;

/** The statements of the demo, and how a person is told to try them. */
final class Tutorial {

    static final String USER = "maya";
    static final String MASKED = "SELECT name,email,card FROM customers ORDER BY id LIMIT 3";
    static final String BLOCKED = "DELETE FROM orders";
    static final String HELD = "UPDATE orders SET status='paid' WHERE id<2000";
    static final int HELD_ROWS = 1999;
    static final String AGENT = "support-agent";
    static final String AGENTS = "UPDATE orders SET status='shipped' WHERE id=7";

    private Tutorial() {}

    /**
     * What is printed once everything runs.
     *
     * @param self how this program is called where it was started
     */
    static List<String> lines(Stage stage, String self) {
        MySqlSide side = stage.mysql();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "gatehouse demo  embedded %s started, %s (4 tables, 12,000 rows)   %.1f s",
                side.shop().isPresent() ? "PostgreSQL and MariaDB" : "PostgreSQL",
                side.shop().isPresent() ? "the same shop data loaded into both" : "shop data loaded",
                stage.seconds()));
        lines.add("Try, in another terminal:");
        lines.addAll(statements(1, new PsqlClient(stage.ports().postgres())));
        lines.add("Meanwhile, in a third one:");
        lines.add("  4 who waits        " + self + " approvals list");
        lines.add("  5 approve it       " + self + " approvals approve --last --as lead -m \"ok, ticket CHG-1\"");
        lines.add("                     or as lead in a browser: " + stage.console());
        lines.add("  6 what happened    " + self + " journal list");
        lines.add("  7 replay           " + self + " journal replay --last --speed 4");
        if (side.shop().isPresent()) {
            lines.add("The same on MySQL, each of the steps 4 to 7 too:");
            lines.addAll(statements(8, MySqlClient.find(stage.ports().mysql())));
        } else {
            lines.add("Without MySQL: " + why(side) + ".");
        }
        lines.add("An agent's change, which its owner maya cannot approve, but lead can:");
        lines.add("     held            " + new PsqlClient(stage.ports().postgres()).typed(AGENT, AGENTS));
        lines.add("Console " + stage.console()
                + " (maya / erik / lead / auditor, password demo; support-agent asks only).");
        lines.add("Users maya, erik, lead, support-agent, password demo.   Ctrl-C stops and removes everything.");
        return lines;
    }

    /** The three statements, as they are typed. */
    private static List<String> statements(int number, Client client) {
        return List.of(
                String.format("%3d masked read      %s", number, client.typed(USER, MASKED)),
                String.format("%3d blocked          %s", number + 1, client.typed(USER, BLOCKED)),
                String.format("%3d held             %s      ← waits for you", number + 2, client.typed(USER, HELD)));
    }

    /** Why there is no MySQL. */
    static String why(MySqlSide side) {
        if (side instanceof MySqlSide.Lacking lacking) {
            return lacking.why();
        }
        return side instanceof MySqlSide.Failing failing ? failing.why() : "";
    }
}
