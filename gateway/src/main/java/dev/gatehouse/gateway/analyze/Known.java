package dev.gatehouse.gateway.analyze;

import dev.gatehouse.analyzer.Accounting;
import dev.gatehouse.analyzer.StatementAccount;
import dev.gatehouse.analyzer.catalog.Server;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import java.util.List;
import java.util.Optional;

/**
 * What texts are read against: what is known of one database, or nothing.
 *
 * @param server what it is a database of; empty for nothing
 * @param database its name; empty for none
 * @param username who asks it
 * @param searchPath the schemas in which its tables are looked for
 */
record Known(
        Accounting accounting, Optional<Server> server, String database, String username, List<String> searchPath) {

    static final Known NOTHING = new Known(new Accounting(Snapshot.EMPTY), Optional.empty(), "", "", List.of());

    Known {
        searchPath = List.copyOf(searchPath);
    }

    static Known of(Snapshot snapshot, String database, String username, List<String> searchPath) {
        return new Known(new Accounting(snapshot), Optional.of(snapshot.server()), database, username, searchPath);
    }

    /** The same with other places for names without a schema. */
    Known with(List<String> schemas) {
        return new Known(accounting, server, schemas.get(0), username, schemas);
    }

    /** Reads a text; a database of another dialect has nothing to say to it. */
    List<StatementAccount> read(byte[] sql, Modes modes) {
        boolean speaks =
                server.map(s -> s.product().dialect() == modes.dialect()).orElse(true);
        Known known = speaks ? this : NOTHING;
        Scope scope = new Scope("analyze", known.database, known.username, Optional.of(known.searchPath), modes);
        return known.accounting.read(sql, scope);
    }
}
