package dev.gatehouse.gateway.demo;

import dev.gatehouse.gateway.demo.Client.Seen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Performs the tutorial with real clients, prints what each of them sees, and checks it. */
final class Script {

    private static final long PATIENCE_SECONDS = 30;
    private static final long POLL_MILLIS = 50;
    private static final int SEE_OTHER = 303;
    private static final int NOT_PERMITTED = 403;

    private final Stage stage;
    private final CommandLine commands;
    private final PrintWriter out;
    private final List<String> faults = new ArrayList<>();

    /** @param commands the command line, as a person would use it */
    Script(Stage stage, CommandLine commands, PrintWriter out) {
        this.stage = stage;
        this.commands = commands;
        this.out = out;
    }

    /** Performs every step; false when one did not go as it must. */
    boolean perform() throws SQLException {
        List<Actor> cast = cast();
        for (Actor actor : cast) {
            masked(actor);
            blocked(actor);
            held(actor, "approve", "ok, ticket CHG-1");
            held(actor, "reject", "use the batch job");
        }
        journal(cast.size());
        agent();
        faults.forEach(fault -> out.println("FAILED  " + fault));
        out.println(faults.isEmpty() ? "# every step went as it must" : "# " + faults.size() + " checks failed");
        out.flush();
        return faults.isEmpty();
    }

    /** Who performs the steps, and on which database. */
    private List<Actor> cast() {
        List<Actor> cast = new ArrayList<>();
        int port = stage.ports().postgres();
        if (PsqlClient.isInstalled()) {
            cast.add(new Actor(new PsqlClient(port), stage.postgres()));
        } else {
            out.println("# psql is not installed here; on PostgreSQL the steps are performed with JDBC only");
        }
        cast.add(new Actor(JdbcClient.postgres(port), stage.postgres()));
        if (stage.mysql() instanceof MySqlSide.Running running) {
            MariaDbShop shop = running.server();
            MySqlClient client = MySqlClient.find(stage.ports().mysql());
            if (client.isInstalled()) {
                cast.add(new Actor(client, shop));
            } else {
                out.println("# mysql is not installed here; on MySQL the steps are performed with JDBC only");
            }
            cast.add(new Actor(JdbcClient.mysql(stage.ports().mysql()), shop));
        } else {
            out.println("# without MySQL: " + Tutorial.why(stage.mysql()));
            expect(!(stage.mysql() instanceof MySqlSide.Failing), "MariaDB starts", Tutorial.why(stage.mysql()));
        }
        return cast;
    }

    private void masked(Actor actor) throws SQLException {
        Seen seen = run(actor.client(), Tutorial.USER, Tutorial.MASKED);
        expect(seen.done(), "the masked read succeeds", seen);
        expect(seen.text().contains("***@example.test"), "the e-mail address is masked", seen);
        expect(!seen.text().matches("(?s).*[0-9]{16}.*"), "no whole card number is shown", seen);
        expect(seen.text().matches("(?s).*[^0-9][0-9]{4}\\b.*"), "the card's last four digits are shown", seen);
        long plain = actor.shop().count("SELECT count(*) FROM customers WHERE id <= 3 AND email NOT LIKE '%*%'");
        expect(plain == 3, "the table itself holds plain addresses", seen);
    }

    private void blocked(Actor actor) throws SQLException {
        long before = actor.shop().count("SELECT count(*) FROM orders");
        Seen seen = run(actor.client(), Tutorial.USER, Tutorial.BLOCKED);
        expect(!seen.done(), "the DELETE fails", seen);
        expect(seen.text().contains("[gatehouse:blocked id=dec_"), "the error says it was blocked", seen);
        expect(seen.text().contains("rule=no-where"), "the error names the rule", seen);
        expect(actor.shop().count("SELECT count(*) FROM orders") == before, "no order is gone", seen);
    }

    private void held(Actor actor, String verb, String comment) throws SQLException {
        reset(actor);
        say(actor.client(), Tutorial.USER, Tutorial.HELD);
        CompletableFuture<Seen> end =
                CompletableFuture.supplyAsync(() -> actor.client().run(Tutorial.USER, Tutorial.HELD));
        String id = awaitRequest(end);
        expect(paid(actor) == 0, "nothing runs while it waits", id);
        print("approvals", "list");
        print("approvals", verb, "--last", "--as", "lead", "-m", comment);
        Seen seen = end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(e -> new Seen(false, "no answer: " + e))
                .join();
        out.println(seen.text());
        out.println();
        boolean isApproved = verb.equals("approve");
        expect(seen.done() == isApproved, "the " + verb + " decides", seen);
        expect(paid(actor) == (isApproved ? Tutorial.HELD_ROWS : 0), "the rows are as decided", seen);
        if (!isApproved) {
            expect(seen.text().contains("[gatehouse:rejected id=" + id), "the error says it was rejected", seen);
            expect(seen.text().contains(comment), "the error carries the reviewer's comment", seen);
        }
    }

    /** An agent's change waits; its owner cannot approve it, another person does so in the console. */
    private void agent() throws SQLException {
        JdbcClient client = JdbcClient.postgres(stage.ports().postgres());
        say(client, Tutorial.AGENT, Tutorial.AGENTS);
        CompletableFuture<Seen> end = CompletableFuture.supplyAsync(() -> client.run(Tutorial.AGENT, Tutorial.AGENTS));
        String id = awaitRequest(end);
        try {
            int owner = ConsoleVisitor.signIn(stage.console(), Tutorial.USER).approve(id, "it is mine");
            out.println("# in the console, " + Tutorial.USER + ", whose agent it is, approves " + id + ": " + owner);
            expect(owner == NOT_PERMITTED, "an agent's owner cannot approve what it asks for", owner);
            long shipped = stage.postgres().count("SELECT count(*) FROM orders WHERE id = 7 AND status = 'shipped'");
            expect(shipped == 0, "nothing runs while it waits", shipped);
            int lead = ConsoleVisitor.signIn(stage.console(), "lead").approve(id, "ok, ticket CHG-2");
            out.println("# in the console, lead approves " + id + ": " + lead);
            expect(lead == SEE_OTHER, "the lead approves it", lead);
        } catch (IOException e) {
            faults.add("the console does not answer: " + e.getMessage());
        }
        Seen seen = end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(e -> new Seen(false, "no answer: " + e))
                .join();
        out.println(seen.text());
        out.println();
        long shipped = stage.postgres().count("SELECT count(*) FROM orders WHERE id = 7 AND status = 'shipped'");
        expect(seen.done() && shipped == 1, "the agent's change ran", seen);
    }

    private void journal(int clients) {
        String list = print("journal", "list");
        // A driver that may not prepare a statement asks for it once more, as text.
        expect(count(list, "  block  ") >= clients, "the journal has every block", list);
        expect(count(list, "  approve  ") == 2 * clients, "the journal has every hold", list);
        long approved = list.lines()
                .filter(line -> line.matches(".* approved, .*\\b" + Tutorial.HELD_ROWS + "\\b.*"))
                .count();
        expect(approved == clients, "and what was approved", list);
        expect(count(list, "rejected") == clients, "and what was rejected", list);
        String replay = print("journal", "replay", "--last", Integer.toString(4 * clients), "--speed", "50");
        expect(count(replay, "▸ " + Tutorial.MASKED) == clients, "the replay shows the masked read", replay);
        expect(count(replay, "| b***@example.test |") == clients, "with the rows as the client saw them", replay);
        expect(count(replay, "✘ blocked") >= clients, "the replay shows the block", replay);
        expect(count(replay, "✔ approved by lead") == clients, "the replay shows the approval", replay);
    }

    /** Waits until somebody's statement waits at the desk; answers the request's id. */
    private String awaitRequest(CompletableFuture<Seen> end) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline && !end.isDone()) {
            String ids = command("approvals", "list", "-q").strip();
            if (!ids.isEmpty()) {
                return ids;
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS))
                    .join();
        }
        faults.add("the statement never waited for approval");
        return "req_none";
    }

    private void reset(Actor actor) throws SQLException {
        actor.shop().change("UPDATE orders SET status = 'open' WHERE status = 'paid'");
    }

    private long paid(Actor actor) throws SQLException {
        return actor.shop().count("SELECT count(*) FROM orders WHERE status = 'paid'");
    }

    private Seen run(Client client, String user, String sql) {
        say(client, user, sql);
        Seen seen = client.run(user, sql);
        out.println(seen.text());
        out.println();
        return seen;
    }

    private void say(Client client, String user, String sql) {
        out.println((client instanceof JdbcClient ? "" : "$ ") + client.typed(user, sql));
        out.flush();
    }

    private String print(String... arguments) {
        List<String> typed = new ArrayList<>(List.of("$ gatehouse"));
        for (String argument : arguments) {
            typed.add(argument.indexOf(' ') < 0 ? argument : '"' + argument + '"');
        }
        out.println(String.join(" ", typed));
        String text = command(arguments);
        out.println(text);
        out.flush();
        return text;
    }

    private String command(String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text, true);
        commands.setOut(writer);
        commands.setErr(new PrintWriter(new StringWriter(), true));
        int status = commands.execute(arguments);
        expect(status == 0, "gatehouse " + String.join(" ", arguments) + " exits 0", text);
        return text.toString();
    }

    private void expect(boolean holds, String what, Object seen) {
        if (!holds) {
            faults.add(what + "; seen: " + seen);
        }
    }

    /** A client, and the database at the other end. */
    private record Actor(Client client, Shop shop) {}

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
