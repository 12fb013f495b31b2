package dev.gatehouse.analyzer;

import static dev.gatehouse.analyzer.Reading.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.analyzer.catalog.Catalogs;
import dev.gatehouse.analyzer.catalog.Servers;
import dev.gatehouse.analyzer.grammar.MySqlReader;
import dev.gatehouse.analyzer.lexer.Bounds;
import dev.gatehouse.analyzer.lexer.MySqlLexer;
import dev.gatehouse.analyzer.lexer.PgLexer;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.mysql.MySqlCommands;
import dev.gatehouse.firewall.session.Login;
import dev.gatehouse.firewall.session.Secret;
import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Dialect;
import dev.gatehouse.firewall.statement.Modes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.ssl.LibPQFactory;

/** What happens at the bounds: too much text, too deep, too many at once, and the end. */
final class BoundsTest {

    private static final Modes.MySql MARIADB =
            new Modes.MySql(Modes.MySql.Product.MARIADB, 110_405, false, false, false, false, false, 0);
    private static final Analysis BUSY = new Analysis.Opaque("busy", 0);

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final Catalogs catalogs = new Catalogs(name -> upstream(Upstream.Tls.Mode.DISABLE, Optional.empty()));
    private final CalciteAnalyzer analyzer = new CalciteAnalyzer(catalogs, 1);

    @AfterEach
    void close() {
        gate.complete(null);
        analyzer.close();
        catalogs.close();
    }

    /** A server that nobody can reach. */
    private static Upstream upstream(Upstream.Tls.Mode mode, Optional<Path> ca) {
        return new Upstream(
                "gone",
                Dialect.POSTGRESQL,
                "127.0.0.1",
                1,
                "shop",
                List.of(),
                new Upstream.Tls(mode, ca),
                Map.of(),
                List.of(new Login("ro", "reader", new Secret("it's"))),
                0,
                Duration.ofMinutes(10));
    }

    private CompletableFuture<Analysis> analyze(String sql) {
        return analyzer.analyze(sql.getBytes(StandardCharsets.UTF_8), Reading.scope(true))
                .toCompletableFuture();
    }

    /** Keeps the only thread of the analyzer busy until the gate opens: it is the one that tells of the first analysis. */
    private void occupy() {
        CompletableFuture<Void> entered = new CompletableFuture<>();
        CompletableFuture<Void> told = analyze("select 1").thenRun(() -> {
            entered.complete(null);
            gate.join();
        });
        entered.join();
        assertThat(told).isNotDone();
    }

    private List<CompletableFuture<Analysis>> analyzeMany(int count) {
        return IntStream.range(0, count).mapToObj(i -> analyze("select " + i)).toList();
    }

    @Test
    void whatTheQueueDoesNotHoldIsNotUnderstoodUntilThereIsRoom() {
        occupy();
        List<CompletableFuture<Analysis>> many = analyzeMany(CalciteAnalyzer.QUEUE + 3);
        CompletableFuture<?>[] all = many.toArray(CompletableFuture[]::new);
        assertThat(CompletableFuture.anyOf(all).join()).isEqualTo(BUSY);
        gate.complete(null);
        CompletableFuture.allOf(all).join();
        assertThat(many.stream().map(CompletableFuture::join).filter(BUSY::equals))
                .hasSizeBetween(1, 3);
        assertThat(analyze("select 1").join()).isInstanceOf(Analysis.Understood.class);
    }

    @Test
    void whatStillWaitsAtTheEndIsNotUnderstood() {
        occupy();
        List<CompletableFuture<Analysis>> waiting = analyzeMany(5);
        analyzer.close();
        catalogs.close();
        Analysis ending = new Analysis.Opaque("the analyzer is shutting down", 0);
        assertThat(waiting).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(ending));
        assertThat(analyze("select 1").join()).isEqualTo(ending);
    }

    @Test
    void whoWaitsForACatalogIsToldOfTheEnd() {
        CompletableFuture<Analysis> waiting = analyze("select ssn from users");
        catalogs.close();
        assertThat(waiting.join()).isInstanceOf(Analysis.Understood.class);
        assertThat(((Analysis.Understood) waiting.join()).commands().get(0).complete())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select %s1%s;(;)",
                "select %s1%s;-( ;)",
                "select %s1%s;not ;",
                "select %s1%s;array[;]",
                "select %s1%s;(select ;)",
                "select %s1%s;lower(;)",
                "select * from %susers%s;(;)",
                "select 1 from %susers%s;(select * from ;) as a",
                "explain %sselect 1%s;explain ;",
                "select 1 %s%s;;union select 1 ",
                "with x as %s(select 1)%s select 1;(;)"
            })
    void whatIsNestedTooDeeplyIsNotUnderstood(String pattern) {
        List<String> parts = List.of(pattern.split(";", -1));
        int times = 20_000;
        String text = String.format(
                parts.get(0), parts.get(1).repeat(times), parts.get(2).repeat(times));
        sql(text).opaque();
        sql("select ssn from users").readsOnly("users.ssn");
    }

    @Test
    void aTextIsReadUpToItsBound() {
        String text = "select '" + "x".repeat(Bounds.MAX_BYTES - 9) + "'";
        assertThat(text).hasSize(Bounds.MAX_BYTES);
        sql(text).readsOnly();
        sql(text + " ").opaque();
        byte[] bytes = (text + " ").getBytes(StandardCharsets.UTF_8);
        assertThat(analyze(text + " ").join()).isInstanceOf(Analysis.Opaque.class);
        assertThat(analyzer.recall(bytes, bytes.length, Reading.scope(true))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1;,1;1000000", "select ;9;10001", "select 1 + 0x1;f;1000000"})
    void nobodyCountsOnForever(String pattern) {
        List<String> parts = List.of(pattern.split(";"));
        String text = parts.get(0) + parts.get(1).repeat(Integer.parseInt(parts.get(2)));
        String some = parts.get(0) + parts.get(1).repeat(Integer.parseInt(parts.get(2)) / 200);
        assertThatThrownBy(() -> PgLexer.read(text, true)).isInstanceOf(Unreadable.class);
        assertThat(PgLexer.read(some, true)).isNotEmpty();
    }

    @Test
    @Timeout(60)
    void aTextHasAsManyCommandsAsItsBound() {
        String text = "select 1;".repeat(Bounds.MAX_COMMANDS);
        assertThat(sql(text).commands()).hasSize(Bounds.MAX_COMMANDS);
        sql(text + ";;").commands();
        sql(text + "select 1").opaqueAt(text.length() + 1);
        sql("select 1;".repeat(Bounds.MAX_BYTES / 9)).opaqueAt(text.length() + 1);
        MySqlCommands commands = new MySqlCommands(MARIADB);
        assertThat(commands.split(MySqlLexer.read(text, MARIADB))).hasSize(Bounds.MAX_COMMANDS);
        assertThatThrownBy(() -> commands.split(MySqlLexer.read(text + "select 1", MARIADB)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("10000");
    }

    /** As dumps have them, which are loaded in a breath. */
    @Test
    @Timeout(60)
    void aLongValueInHexadecimalDigitsIsRead() {
        String text = "insert into t values (1, 0x" + "c0fe".repeat(900_000) + ", x'" + "c0fe".repeat(100_000) + "')";
        assertThat(MySqlReader.read(MySqlLexer.read(text, MARIADB), MARIADB).getKind())
                .isEqualTo(SqlKind.INSERT);
        String number = "select " + "7".repeat(10_001);
        assertThatThrownBy(() -> MySqlReader.read(MySqlLexer.read(number, MARIADB), MARIADB))
                .isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @EnumSource(Upstream.Tls.Mode.class)
    void aCatalogIsReadOverTheProtectionThatIsAskedFor(Upstream.Tls.Mode mode) {
        PGSimpleDataSource trusting = Servers.postgres(upstream(mode, Optional.of(Path.of("/etc/ca.pem"))), "hr");
        PGSimpleDataSource plain = Servers.postgres(upstream(mode, Optional.empty()), "hr");
        String expected =
                switch (mode) {
                    case DISABLE -> "disable";
                    case REQUIRE -> "require";
                    case VERIFY_CA -> "verify-ca";
                    case VERIFY_FULL -> "verify-full";
                };
        boolean verifies = mode == Upstream.Tls.Mode.VERIFY_CA || mode == Upstream.Tls.Mode.VERIFY_FULL;
        assertThat(trusting.getSslMode()).isEqualTo(expected);
        assertThat(trusting.getSslRootCert()).isEqualTo("/etc/ca.pem");
        assertThat(trusting.getSslfactory()).isEqualTo(LibPQFactory.class.getName());
        assertThat(plain.getSslMode()).isEqualTo(expected);
        assertThat(plain.getSslRootCert()).isNull();
        assertThat(plain.getSslfactory())
                .isEqualTo((verifies ? DefaultJavaSSLFactory.class : LibPQFactory.class).getName());
        assertThat(plain.getDatabaseName()).isEqualTo("hr");
        assertThat(plain.getUser()).isEqualTo("reader");
        assertThat(plain.getPassword()).isEqualTo("it's");
        assertThat(plain.getServerNames()).containsExactly("127.0.0.1");
        assertThat(plain.getPortNumbers()).containsExactly(1);
    }
}
