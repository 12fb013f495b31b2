package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.session.Session;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Modes;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.wire.mysql.message.SessionChange;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The session's settings that decide how text is read, as far as they are known for certain: {@code sql_mode}, the client's
 * character set, the current database, and which temporary tables there may be. The server is asked anew
 * behind every statement that may have changed them; what it tells of changes by itself counts at once.
 */
final class Variables {

    /** Sets in which a byte below 128 is always the character of ASCII, and which Java knows as MySQL does. */
    private static final Map<String, Charset> SINGLE_BYTE = Map.ofEntries(
            Map.entry("latin1", Charset.forName("windows-1252")),
            Map.entry("latin2", Charset.forName("ISO-8859-2")),
            Map.entry("latin5", Charset.forName("ISO-8859-9")),
            Map.entry("latin7", Charset.forName("ISO-8859-13")),
            Map.entry("greek", Charset.forName("ISO-8859-7")),
            Map.entry("hebrew", Charset.forName("ISO-8859-8")),
            Map.entry("cp1250", Charset.forName("windows-1250")),
            Map.entry("cp1251", Charset.forName("windows-1251")),
            Map.entry("cp1256", Charset.forName("windows-1256")),
            Map.entry("cp1257", Charset.forName("windows-1257")),
            Map.entry("koi8r", Charset.forName("KOI8-R")),
            Map.entry("koi8u", Charset.forName("KOI8-U")),
            Map.entry("cp866", Charset.forName("IBM866")),
            Map.entry("cp850", Charset.forName("IBM850")),
            Map.entry("cp852", Charset.forName("IBM852")),
            Map.entry("ascii", StandardCharsets.US_ASCII));

    /** Sets in which nothing is as in ASCII. */
    private static final Map<String, Charset> WIDE = Map.of(
            "utf16", StandardCharsets.UTF_16BE,
            "ucs2", StandardCharsets.UTF_16BE,
            "utf16le", StandardCharsets.UTF_16LE,
            "utf32", Charset.forName("UTF-32BE"));

    private static final Set<String> UTF8 = Set.of("utf8", "utf8mb3", "utf8mb4");

    /** Sets of which only text that is all ASCII is certain: a later byte of one character may be a quote or a backslash. */
    private static final Set<String> SEVERAL_BYTES =
            Set.of("sjis", "cp932", "big5", "gbk", "gb2312", "gb18030", "ujis", "eucjpms", "euckr", "binary");

    private final Session session;
    private String version = "";
    private int lowerCaseTableNames;
    private String sqlMode = "";
    private String characterSet = "";
    private String results = "";
    private String database = "";
    /** Whether the server may have been kept from telling, or was never asked. */
    private boolean doubtful;
    /** What may hide tables from the catalog, in the form that {@link Scope} keeps it. */
    private List<String> path = List.of();

    private @Nullable Scope scope;

    Variables(Session session, Inquiry answered) {
        this.session = session;
        take(answered);
    }

    /** Takes in the server's answer. */
    void take(Inquiry answered) {
        version = answered.version();
        lowerCaseTableNames = answered.lowerCaseTableNames();
        sqlMode = answered.sqlMode();
        characterSet = answered.characterSetClient();
        results = answered.characterSetResults();
        doubtful = false;
        move(answered.database());
        scope = null;
    }

    /** Takes in what the server tells of a change. */
    void report(SessionChange change) {
        if (change.type() == SessionChange.UNREADABLE) {
            doubtful = true;
        } else if (change.type() == SessionChange.SCHEMA) {
            move(change.name());
        } else if (change.type() == SessionChange.SYSTEM_VARIABLE) {
            switch (change.name().toLowerCase(Locale.ROOT)) {
                case "sql_mode" -> sqlMode = change.value();
                case "character_set_client" -> characterSet = change.value();
                case "character_set_results" -> results = change.value();
                default -> {
                    return;
                }
            }
        }
        scope = null;
    }

    private void move(String to) {
        database = to;
        scope = null;
    }

    /** Whether the server may be MariaDB: it is unless it says that it is another. */
    boolean mayBeMariaDb() {
        return version.isEmpty() || version.contains("MariaDB");
    }

    /** What the server sends names in; of a set that is not known here, those are read that are in ASCII. */
    Charset names() {
        Charset wide = WIDE.get(results);
        return wide == null ? SINGLE_BYTE.getOrDefault(results, StandardCharsets.UTF_8) : wide;
    }

    /** The current database; empty for none. */
    String database() {
        return database;
    }

    /** Notes that the server was not followed for certain, and has to be asked. */
    void doubt() {
        doubtful = true;
    }

    /** Whether the server has to be asked before another statement can be read. */
    boolean mustAsk() {
        return doubtful;
    }

    /** Notes that the session is as new: what only it could see is gone. */
    void reset() {
        path = List.of();
        doubtful = true;
        scope = null;
    }

    /**
     * Notes that a statement has run.
     *
     * @param completed how many of its commands have succeeded for certain; the others may have, or in part
     * @param followed whether what is not known of it leaves alone how text is read
     */
    void ran(Analysis analysis, int completed, boolean followed) {
        analysis.match(
                understood -> {
                    for (int i = 0; i < understood.commands().size(); i++) {
                        ran(understood.commands().get(i), i < completed, followed);
                    }
                    return true;
                },
                opaque -> doubtful |= !followed);
        scope = null;
    }

    private void ran(Command command, boolean completed, boolean followed) {
        if (command.verb() == Kind.PREPARE && command.naming().isPresent()) {
            return;
        }
        doubtful |= (!command.complete() && !followed) || changesReading(command);
        Scope before = scope();
        if (completed) {
            path = before.after(command).searchPath().orElse(path);
        } else {
            path = Scope.shadowed(before.searchPath().orElse(List.of()), Scope.temporaries(command));
        }
        path = path.stream().filter(entry -> !entry.equals(database)).distinct().toList();
        scope = null;
    }

    /** A client may have switched off that the server tells of it. */
    private static boolean changesReading(Command command) {
        return command.changes().contains(Command.Change.LEXING)
                || command.changes().contains(Command.Change.SEARCH_PATH);
    }

    /** What text is read under now. */
    Scope scope() {
        Scope known = scope;
        if (known == null) {
            known = new Scope(
                    session.upstream().name(),
                    database,
                    session.login().username(),
                    Optional.of(place(database)),
                    Modes.MySql.of(version, sqlMode, lowerCaseTableNames));
            scope = known;
        }
        return known;
    }

    /** What a text is read under now that was prepared in another database, perhaps, than the current one. */
    Scope scope(String preparedIn) {
        Scope now = scope();
        return preparedIn.equals(now.database())
                ? now
                : new Scope(now.upstream(), preparedIn, now.username(), Optional.of(place(preparedIn)), now.modes());
    }

    private List<String> place(String first) {
        if (first.isEmpty()) {
            return path;
        }
        List<String> all = new ArrayList<>(path.size() + 1);
        all.add(first);
        all.addAll(path);
        return all;
    }

    /**
     * A text as UTF-8, if its meaning is certain: its character set is known, and no byte of a character can be taken for a quote
     * or a backslash.
     *
     * @return null when it is not
     */
    byte @Nullable [] readable(byte[] sql) {
        if (UTF8.contains(characterSet) || isAscii(sql)) {
            return isKnown() ? sql : null;
        }
        Charset charset = SINGLE_BYTE.get(characterSet);
        return charset == null ? null : new String(sql, charset).getBytes(StandardCharsets.UTF_8);
    }

    /** The character set of values; empty where it is UTF-8. */
    String valuesWrittenIn() {
        return UTF8.contains(characterSet) ? "" : characterSet;
    }

    private boolean isKnown() {
        return UTF8.contains(characterSet)
                || SINGLE_BYTE.containsKey(characterSet)
                || SEVERAL_BYTES.contains(characterSet);
    }

    private static boolean isAscii(byte[] sql) {
        for (byte b : sql) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
