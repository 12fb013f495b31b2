package dev.gatehouse.bench.capture;

import dev.gatehouse.bench.load.Frontend;
import dev.gatehouse.bench.load.PgConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the protocol allows and common drivers rarely do, sent message by message. */
final class RawScenarios {

    private static final String NAMES = "select name from person where id > $1 order by id";

    private RawScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("protocol-3-2", "a client offers protocol 3.2", stage -> PgConnection.open(
                                stage.access(), Frontend.VERSION_3_2, Map.of())
                        .close()),
                Scenario.of(
                        "protocol-option",
                        "a client asks for a protocol option the server does not know",
                        stage -> PgConnection.open(stage.access(), Frontend.VERSION_3_0, Map.of("_pq_.gatehouse", "on"))
                                .close()),
                raw("extended-flush", "Parse and Describe are flushed before Bind", client -> {
                    client.send(out -> {
                        Frontend.parse(out, "s", NAMES);
                        Frontend.describe(out, 'S', "s");
                        Frontend.flush(out);
                    });
                    client.drainTo('T');
                    ask(client, out -> {
                        Frontend.bind(out, "p", "s", List.of("1"));
                        Frontend.describe(out, 'P', "p");
                        Frontend.execute(out, "p", 0);
                        Frontend.close(out, 'P', "p");
                        Frontend.close(out, 'S', "s");
                        Frontend.sync(out);
                    });
                }),
                raw("pipeline-parse-error", "the second of three queries in a pipeline does not parse", client -> {
                    ask(client, out -> {
                        one(out, "select 1");
                        one(out, "selec 2");
                        one(out, "select 3");
                        Frontend.sync(out);
                    });
                    ask(client, out -> Frontend.query(out, "select 4"));
                }),
                raw("pipeline-syncs", "three queries, each with its own Sync, the second failing", client -> {
                    client.send(out -> {
                        for (String sql : List.of("select 1", "select 1/0", "select 3")) {
                            one(out, sql);
                            Frontend.sync(out);
                        }
                    });
                    for (int i = 0; i < 3; i++) {
                        client.drain();
                    }
                }),
                raw("pipeline-mixed", "simple and extended queries sent without waiting for answers", client -> {
                    client.send(out -> {
                        Frontend.query(out, "select 1");
                        one(out, "select 2");
                        Frontend.sync(out);
                        Frontend.query(out, "select 3; select 4");
                    });
                    for (int i = 0; i < 3; i++) {
                        client.drain();
                    }
                }),
                raw("portal-row-limit", "a portal is run two rows at a time in one pipeline", client -> {
                    ask(client, out -> {
                        Frontend.parse(out, "", NAMES);
                        Frontend.bind(out, "", "", List.of("0"));
                        Frontend.describe(out, 'P', "");
                        Frontend.execute(out, "", 2);
                        Frontend.execute(out, "", 2);
                        Frontend.execute(out, "", 2);
                        Frontend.sync(out);
                    });
                }),
                raw("interleaved-portals", "two portals of one transaction are run in turn", client -> {
                    ask(client, out -> Frontend.query(out, "begin"));
                    ask(client, out -> {
                        Frontend.parse(out, "s", NAMES);
                        Frontend.bind(out, "a", "s", List.of("0"));
                        Frontend.bind(out, "b", "s", List.of("1"), true);
                        Frontend.execute(out, "a", 1);
                        Frontend.execute(out, "b", 1);
                        Frontend.execute(out, "a", 0);
                        Frontend.execute(out, "b", 0);
                        Frontend.sync(out);
                    });
                    ask(client, out -> Frontend.query(out, "commit"));
                }),
                raw("unknown-statement", "Bind names a statement nobody prepared: 26000", client -> {
                    ask(client, out -> {
                        Frontend.bind(out, "", "nobody", List.of());
                        Frontend.execute(out, "", 0);
                        Frontend.sync(out);
                    });
                }));
    }

    private static Scenario raw(String file, String about, Dialogue dialogue) {
        return Scenario.of(file, about, stage -> {
            try (PgConnection client = PgConnection.open(stage.access()).tolerant()) {
                dialogue.with(client);
            }
        });
    }

    private static void one(ByteBuffer out, String sql) {
        Frontend.parse(out, "", sql);
        Frontend.bind(out, "", "", List.of());
        Frontend.describe(out, 'P', "");
        Frontend.execute(out, "", 0);
    }

    private static void ask(PgConnection client, Consumer<ByteBuffer> messages) throws IOException {
        client.send(messages);
        client.drain();
    }

    /** What one raw client does. */
    private interface Dialogue {
        void with(PgConnection client) throws IOException;
    }
}
