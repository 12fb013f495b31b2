package dev.gatehouse.firewall.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class DigestTest {

    private static final Optional<List<String>> PATH = Optional.of(List.of("$user", "public"));

    private final Session session = Desk.session(Desk.ERIK);

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

        Digest digest = Digest.of(session, new Given(padded, 8, new byte[0], scope(PATH)));

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
                session, new Given(bytes, bytes.length, binding.getBytes(StandardCharsets.UTF_8), scope(path)));
    }

    private static Scope scope(Optional<List<String>> path) {
        return new Scope("orders", "orders", "fw_rw", path, new Modes.PostgreSql(true));
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
                Desk.login(login),
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
