package dev.gatehouse.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.analyzer.catalog.Routine;
import dev.gatehouse.analyzer.catalog.Server;
import dev.gatehouse.analyzer.catalog.Server.Product;
import dev.gatehouse.analyzer.catalog.Server.TableNames;
import dev.gatehouse.analyzer.catalog.Snapshot;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Command.Where;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Effect.Volatility;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where MySQL's values come from and go to. */
final class MySqlLineageTest {

    private static final Snapshot SHOP = snapshot();

    private static Snapshot snapshot() {
        List<Relation> relations = new ArrayList<>();
        for (String line :
                List.of("shop.person id name email ssn", "shop.orders id person_id note", "hr.pay id amount")) {
            List<String> words = List.of(line.split(" ", -1));
            List<Attribute> columns = new ArrayList<>();
            for (int i = 1; i < words.size(); i++) {
                columns.add(new Attribute(i, words.get(i)));
            }
            relations.add(new Relation(0, Shop.table(words.get(0)), columns, Optional.empty(), List.of()));
        }
        relations.add(new Relation(
                0,
                Shop.table("shop.contact"),
                List.of(new Attribute(1, "mail")),
                Optional.of("select lower(`shop`.`person`.`email`) AS `mail` from `shop`.`person`"),
                List.of()));
        List<Routine> routines = new ArrayList<>();
        for (String name : List.of(
                "lower",
                "count",
                "sum",
                "max",
                "group_concat",
                "concat",
                "load_file",
                "sleep",
                "last_insert_id",
                "values")) {
            routines.add(new Routine(
                    Routine.NATIVE,
                    name,
                    Routine.Sort.FUNCTION,
                    Volatility.STABLE,
                    "native",
                    Optional.empty(),
                    List.of(),
                    true,
                    false));
        }
        Server server = new Server(Product.MARIADB, "10.11.6-MariaDB", TableNames.EXACT, "");
        return new Snapshot(server, Set.of("shop", "hr"), relations, routines);
    }

    private static Command command(String sql) {
        Modes modes = Modes.MySql.of("10.11.6-MariaDB", "", 0);
        Scope scope = new Scope("shop", "shop", "app", Optional.of(List.of()), modes);
        Analysis analysis = CommandReader.read(sql.getBytes(StandardCharsets.UTF_8), SHOP, scope)
                .analysis();
        assertThat(analysis).as(sql).isInstanceOf(Analysis.Understood.class);
        return ((Analysis.Understood) analysis).commands().get(0);
    }

    private static List<String> outputs(String sql) {
        return command(sql).output().orElseThrow().stream()
                .map(MySqlLineageTest::origins)
                .toList();
    }

    private static String origins(Output output) {
        String known =
                output.origins().stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new)).stream()
                        .collect(Collectors.joining(" "));
        return output.accounted() ? known : (known + " ?").trim();
    }

    private static Set<String> used(String sql, Use use) {
        return command(sql).effects().stream()
                .filter(effect -> effect instanceof Effect.Uses uses && uses.use() == use)
                .map(effect -> ((Effect.Uses) effect).column().toString())
                .collect(Collectors.toSet());
    }

    private static Set<String> written(String sql) {
        return command(sql).effects().stream()
                .filter(Effect.Writes.class::isInstance)
                .map(effect -> ((Effect.Writes) effect).table().toString())
                .collect(Collectors.toSet());
    }

    @Test
    void namesOfColumnsAreComparedWithoutCase() {
        assertThat(outputs("SELECT EMAIL, p.Ssn FROM person p"))
                .containsExactly("shop.person.email", "shop.person.ssn");
        assertThat(outputs("SELECT shop.person.name, hr.pay.amount FROM person, hr.pay"))
                .containsExactly("shop.person.name", "hr.pay.amount");
        assertThat(command("SELECT email FROM Person").complete()).isFalse();
    }

    @Test
    void aTablesNameIsNoValue() {
        assertThat(command("SELECT p FROM person p").complete()).isFalse();
        assertThat(outputs("SELECT _rowid FROM hr.pay")).containsExactly("hr.pay.amount hr.pay.id");
    }

    @Test
    void viewsAreSeenThrough() {
        assertThat(outputs("SELECT mail FROM contact")).containsExactly("shop.contact.mail shop.person.email");
    }

    @Test
    void theNamesOfResultsAreSeenByWhatComesAfter() {
        assertThat(used("SELECT ssn AS x FROM person HAVING x > 1 ORDER BY x + 1", Use.PREDICATE))
                .containsExactly("shop.person.ssn");
        assertThat(outputs("SELECT email AS x, (SELECT x) FROM person"))
                .containsExactly("shop.person.email", "shop.person.email");
    }

    @Test
    void eachPartOfAQueryUsesColumnsInItsOwnWay() {
        String query =
                "SELECT GROUP_CONCAT(DISTINCT p.name ORDER BY p.email SEPARATOR ','), COUNT(DISTINCT p.id), SUM(h.amount)"
                        + " FROM person p STRAIGHT_JOIN hr.pay h ON p.id = h.id WHERE p.ssn > 1 GROUP BY h.id WITH ROLLUP"
                        + " HAVING MAX(h.amount) > 1 ORDER BY 1 LIMIT 2";
        assertThat(used(query, Use.JOIN)).containsExactlyInAnyOrder("shop.person.id", "hr.pay.id");
        assertThat(used(query, Use.PREDICATE)).containsExactlyInAnyOrder("shop.person.ssn", "hr.pay.amount");
        assertThat(used(query, Use.GROUP)).containsExactlyInAnyOrder("hr.pay.id", "shop.person.id");
        assertThat(used(query, Use.ORDER))
                .contains("shop.person.email", "shop.person.name")
                .doesNotContain("hr.pay.amount");
        assertThat(used(query, Use.AGGREGATE))
                .contains("shop.person.name", "shop.person.id", "hr.pay.amount")
                .doesNotContain("shop.person.ssn", "hr.pay.id");
        assertThat(used(query, Use.RESULT)).contains("shop.person.name", "hr.pay.amount");
        assertThat(used("DELETE FROM person WHERE id > 1 ORDER BY ssn LIMIT 1", Use.ORDER))
                .containsExactly("shop.person.ssn");
        assertThat(used("SELECT name FROM person NATURAL JOIN orders", Use.JOIN))
                .containsExactlyInAnyOrder("shop.person.id", "shop.orders.id");
        assertThat(used("SELECT name FROM person UNION SELECT 1", Use.GROUP)).containsExactly("shop.person.name");
    }

    @Test
    void variablesCarryValuesPastTheStatement() {
        assertThat(used("SELECT @a := email FROM person", Use.CARRIED)).containsExactly("shop.person.email");
        assertThat(outputs("SELECT @a, @@version")).containsExactly("?", "");
        assertThat(used("SELECT ssn INTO @a FROM person", Use.CARRIED)).containsExactly("shop.person.ssn");
        assertThat(used("SELECT ssn FROM person INTO OUTFILE '/tmp/x'", Use.CARRIED))
                .containsExactly("shop.person.ssn");
    }

    @Test
    void functionsThatRevealOrKeepAreSaid() {
        assertThat(outputs("SELECT load_file('/etc/passwd'), lower(name), nosuch(email) FROM person"))
                .containsExactly("?", "shop.person.name", "shop.person.email ?");
        assertThat(used("SELECT sleep(ssn), last_insert_id(id) FROM person", Use.CARRIED))
                .containsExactlyInAnyOrder("shop.person.ssn", "shop.person.id");
    }

    @Test
    void severalTablesMayBeWritten() {
        String update =
                "UPDATE person p JOIN orders o ON o.person_id = p.id SET p.name = o.note, note = p.ssn WHERE o.id = 1";
        assertThat(written(update)).containsExactlyInAnyOrder("shop.person", "shop.orders");
        assertThat(used(update, Use.CARRIED)).containsExactlyInAnyOrder("shop.orders.note", "shop.person.ssn");
        assertThat(command(update).where()).isEqualTo(Where.PRESENT);
        String delete = "DELETE p FROM person p, orders o WHERE o.id = 1";
        assertThat(written(delete)).containsExactly("shop.person");
        assertThat(command(delete).where()).isEqualTo(Where.ALWAYS_TRUE);
        assertThat(command("DELETE FROM person LIMIT 1").where()).isEqualTo(Where.MISSING);
        assertThat(command("DELETE FROM person WHERE 1").where()).isEqualTo(Where.ALWAYS_TRUE);
        assertThat(command("DELETE FROM person WHERE id = 1 OR 1").where()).isEqualTo(Where.ALWAYS_TRUE);
    }

    @Test
    void whatIsInTheWayMayBeOverwritten() {
        String upsert = "INSERT INTO orders (id, note) SELECT id, ssn FROM person"
                + " ON DUPLICATE KEY UPDATE note = VALUES(note), person_id = orders.id";
        assertThat(used(upsert, Use.CARRIED))
                .containsExactlyInAnyOrder("shop.person.id", "shop.person.ssn", "shop.orders.id");
        assertThat(used(upsert, Use.WRITTEN))
                .containsExactlyInAnyOrder("shop.orders.id", "shop.orders.note", "shop.orders.person_id");
        assertThat(written("REPLACE INTO orders VALUES (1, 2, 'x')")).containsExactly("shop.orders");
    }
}
