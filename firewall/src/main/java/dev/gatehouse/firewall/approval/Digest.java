package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Ties an approval to what runs: equal only for the same text, bound values, upstream, database, login and search path.
 *
 * <p>It is SHA-256 over these parts in this order, each behind its length, so that no part can be taken for another:
 *
 * <pre>
 *   int32 length | SQL text, bytes as received
 *   int32 length | binding, bytes as received
 *   int32 length | upstream        UTF-8
 *   int32 length | database        UTF-8
 *   int32 length | login           UTF-8
 *   int32 count  | search path, each schema behind its length; a count of -1 when it is not known
 * </pre>
 *
 * @param hex 64 hexadecimal digits
 */
public record Digest(String hex) {

    private static final int UNKNOWN_PATH = -1;

    /** Digests a statement in the session that wants to run it. */
    public static Digest of(Session session, Statement statement) {
        Scope scope = statement.scope();
        MessageDigest sha = sha256();
        add(sha, statement.sql(), statement.length());
        byte[] binding = statement.binding();
        add(sha, binding, binding.length);
        add(sha, session.upstream().name());
        add(sha, session.database());
        add(sha, session.login().name());
        addCount(sha, scope.searchPath().map(List::size).orElse(UNKNOWN_PATH));
        scope.searchPath().ifPresent(path -> path.forEach(schema -> add(sha, schema)));
        return new Digest(HexFormat.of().formatHex(sha.digest()));
    }

    /** The eight digits that both the requester and the reviewer see: {@code 3f9a-c1d2}. */
    public String code() {
        return hex.substring(0, 4) + "-" + hex.substring(4, 8);
    }

    private static void add(MessageDigest sha, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        add(sha, bytes, bytes.length);
    }

    private static void add(MessageDigest sha, byte[] part, int length) {
        addCount(sha, length);
        sha.update(part, 0, length);
    }

    private static void addCount(MessageDigest sha, int count) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(count).flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
