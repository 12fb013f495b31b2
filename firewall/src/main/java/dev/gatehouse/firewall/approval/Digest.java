package dev.gatehouse.firewall.approval;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Ties an approval to what runs: equal only for the same text but for space around it, bound values, upstream, database,
 * login, search path, settings that decide how text is read, and what the names in it mean.
 *
 * <p>It is SHA-256 over these parts in this order, each behind its length, so that no part can be taken for another:
 *
 * <pre>
 *   int32 length | SQL text, bytes as received without ASCII space before and behind it
 *   int32 length | binding, bytes as received
 *   int32 length | upstream        UTF-8
 *   int32 length | database        UTF-8
 *   int32 length | login           UTF-8
 *   int32 length | database user   UTF-8, the role that names are looked up for
 *   int32 length | modes           UTF-8, each with its name
 *   int32 count  | tables, columns and functions it means, as the catalog has them, in order, each behind its length
 *   int32 count  | search path, each schema behind its length; a count of -1 when it is not known
 *   int64        | the session's number, of a statement that means something else in another one, see {@link SessionBound}
 * </pre>
 *
 * @param hex 64 hexadecimal digits
 */
public record Digest(String hex) {

    private static final int UNKNOWN_PATH = -1;

    /** Digests a statement in the session that wants to run it. */
    public static Digest of(Session session, Statement statement, Analysis analysis) {
        Scope scope = statement.scope();
        MessageDigest sha = sha256();
        addTrimmed(sha, statement.sql(), statement.length());
        byte[] binding = statement.binding();
        add(sha, binding, binding.length);
        add(sha, session.upstream().name());
        add(sha, session.database());
        add(sha, session.login().name());
        add(sha, scope.username());
        add(sha, scope.modes().toString());
        Set<String> meanings = meanings(analysis);
        addCount(sha, meanings.size());
        meanings.forEach(meaning -> add(sha, meaning));
        addCount(sha, scope.searchPath().map(List::size).orElse(UNKNOWN_PATH));
        scope.searchPath().ifPresent(path -> path.forEach(schema -> add(sha, schema)));
        if (SessionBound.is(analysis, scope)) {
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(session.number()).flip());
        }
        return new Digest(HexFormat.of().formatHex(sha.digest()));
    }

    /** Digests a wish of the gateway's own, which no statement's digest is the same as. */
    public static Digest ofWish(String text) {
        MessageDigest sha = sha256();
        addCount(sha, UNKNOWN_PATH);
        add(sha, text);
        return new Digest(HexFormat.of().formatHex(sha.digest()));
    }

    /** The eight digits that both the requester and the reviewer see: {@code 3f9a-c1d2}. */
    public String code() {
        return hex.substring(0, 4) + "-" + hex.substring(4, 8);
    }

    /** What a change of the catalog would change: a view may read another table than it did, a name may mean another one. */
    private static Set<String> meanings(Analysis analysis) {
        Set<String> meanings = new TreeSet<>();
        for (Command command : analysis.match(Analysis.Understood::commands, opaque -> List.<Command>of())) {
            for (Effect effect : command.effects()) {
                if (effect instanceof Effect.Reads reads) {
                    meanings.add("reads " + reads.table());
                } else if (effect instanceof Effect.Writes writes) {
                    meanings.add("writes " + writes.table());
                } else if (effect instanceof Effect.Uses uses) {
                    meanings.add(uses.use() + " " + uses.column());
                } else if (effect instanceof Effect.Calls calls) {
                    meanings.add("calls " + calls.name() + " " + calls.volatility() + " " + calls.known());
                }
            }
        }
        return meanings;
    }

    private static void add(MessageDigest sha, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        add(sha, bytes, bytes.length);
    }

    private static void addTrimmed(MessageDigest sha, byte[] text, int length) {
        int begin = 0;
        int end = length;
        while (begin < end && isSpace(text[begin])) {
            begin++;
        }
        while (end > begin && isSpace(text[end - 1])) {
            end--;
        }
        addCount(sha, end - begin);
        sha.update(text, begin, end - begin);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
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
