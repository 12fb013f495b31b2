package dev.gatehouse.firewall.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import dev.gatehouse.firewall.statement.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class DigestTest {

    private static final Analysis NOTHING = new Analysis.Understood(List.of());
    private static final Optional<List<String>> PATH = Optional.of(List.of("$user", "public"));

    private final Session session = Sessions.of(Sessions.ERIK);

    @Test
    void theSameStatementHasTheSameDigest() {
        assertThat(digest("SELECT 1", "a", PATH)).isEqualTo(digest("SELECT 1", "a", PATH));
    }

    @Test
    void everyPartCounts() {
        Digest digest = digest("SELECT 1", "a", PATH);

        assertThat(digest("SELECT  1", "a", PATH)).isNotEqualTo(digest);
        assertThat(digest("SELECT 1", "b", PATH)).isNotEqualTo(digest);
        assertThat(digest("SELECT 1", "a", Optional.of(List.of("public")))).isNotEqualTo(digest);
        assertThat(digest("SELECT 1", "a", Optional.empty())).isNotEqualTo(digest);
        assertThat(digest(withDatabase("reporting"), "SELECT 1", "a", PATH)).isNotEqualTo(digest);
        assertThat(digest(withLogin("ddl"), "SELECT 1", "a", PATH)).isNotEqualTo(digest);
    }

    @Test
    void anUnknownSearchPathIsNotAnEmptyOne() {
        assertThat(digest("SELECT 1", "", Optional.empty()))
                .isNotEqualTo(digest("SELECT 1", "", Optional.of(List.of())));
    }

    @Property
    void textCannotMoveBetweenTheParts(@ForAll String left, @ForAll String right) {
        assertThat(digest(left + right, "", PATH).equals(digest(left, right, PATH)))
                .isEqualTo(right.isEmpty());
    }

    @Test
    void bytesBehindTheTextDoNotCount() {
        byte[] padded = Arrays.copyOf("SELECT 1".getBytes(StandardCharsets.UTF_8), 64);

        Digest digest = Digest.of(session, new Given(padded, 8, new byte[0], scope(PATH)), NOTHING);

        assertThat(digest).isEqualTo(digest("SELECT 1", "", PATH));
    }

    @Test
    void theCodeIsTheFirstEightDigits() {
        Digest digest = digest("SELECT 1", "", PATH);

        assertThat(digest.hex()).matches("[0-9a-f]{64}");
        assertThat(digest.code())
                .isEqualTo(digest.hex().substring(0, 4) + "-" + digest.hex().substring(4, 8));
    }

    private Digest digest(String sql, String binding, Optional<List<String>> path) {
        return digest(session, sql, binding, path);
    }

    private static Digest digest(Session session, String sql, String binding, Optional<List<String>> path) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return Digest.of(
                session,
                new Given(bytes, bytes.length, binding.getBytes(StandardCharsets.UTF_8), scope(path)),
                NOTHING);
    }

    @Test
    void spaceAroundTheTextDoesNotCount() {
        assertThat(digest(" \r\n\tSELECT 1 \n", "", PATH)).isEqualTo(digest("SELECT 1", "", PATH));
        assertThat(digest(" ", "", PATH)).isEqualTo(digest("", "", PATH));
        assertThat(digest("SELECT 1;", "", PATH)).isNotEqualTo(digest("SELECT 1", "", PATH));
    }

    @Test
    void howTextIsReadCounts() {
        byte[] sql = "SELECT 'a\\'".getBytes(StandardCharsets.UTF_8);
        Scope escapes = new Scope("orders", "orders", "fw_rw", PATH, new Modes.PostgreSql(false));

        assertThat(Digest.of(session, new Given(sql, sql.length, new byte[0], escapes), NOTHING))
                .isNotEqualTo(Digest.of(session, new Given(sql, sql.length, new byte[0], scope(PATH)), NOTHING));
    }

    @Test
    void whatTheNamesMeanCountsWhereverTheyStand() {
        assertThat(reading("orders", 15)).isEqualTo(reading("orders", 20)).isNotEqualTo(reading("customers", 15));
    }

    private Digest reading(String table, int position) {
        byte[] sql = "TABLE v".getBytes(StandardCharsets.UTF_8);
        Command command = new Command(
                Kind.SELECT,
                Set.of(Kind.SELECT),
                List.of(new Effect.Reads(new Table("public", table), position)),
                Command.Where.NOT_APPLICABLE,
                false,
                Optional.empty(),
                true,
                1,
                Set.of());
        return Digest.of(
                session,
                new Given(sql, sql.length, new byte[0], scope(PATH)),
                new Analysis.Understood(List.of(command)));
    }

    private static Scope scope(Optional<List<String>> path) {
        return new Scope("orders", "orders", "fw_rw", path, new Modes.PostgreSql(true));
    }

    @Test
    void theSessionCountsWhereItDecidesWhatTheStatementMeans() {
        byte[] sql = "UPDATE t SET a = currval('s')".getBytes(StandardCharsets.UTF_8);
        Session other = numbered(session.number() + 1);
        Given given = new Given(sql, sql.length, new byte[0], scope(PATH));
        Analysis opaque = new Analysis.Opaque("not understood", 0);

        assertThat(Digest.of(other, given, NOTHING)).isEqualTo(Digest.of(session, given, NOTHING));
        assertThat(Digest.of(other, given, opaque)).isNotEqualTo(Digest.of(session, given, opaque));
    }

    private Session numbered(long number) {
        return new Session(
                number,
                session.subject(),
                session.upstream(),
                session.database(),
                session.login(),
                session.source(),
                session.application(),
                session.encrypted());
    }

    private Session withDatabase(String database) {
        return new Session(
                session.number(),
                session.subject(),
                session.upstream(),
                database,
                session.login(),
                session.source(),
                session.application(),
                session.encrypted());
    }

    private Session withLogin(String login) {
        return new Session(
                session.number(),
                session.subject(),
                session.upstream(),
                session.database(),
                Sessions.login(login),
                session.source(),
                session.application(),
                session.encrypted());
    }

    /** A statement made of its parts. */
    private record Given(byte[] sql, int length, byte[] binding, Scope scope) implements Statement {

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Transaction transaction() {
            return Transaction.NONE;
        }
    }
}
