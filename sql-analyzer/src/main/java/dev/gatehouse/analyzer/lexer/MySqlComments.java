package dev.gatehouse.analyzer.lexer;

import dev.gatehouse.firewall.statement.Modes;

/**
 * Skips white space and comments, and steps into the comments that a server executes.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.0/en/comments.html">MySQL: Comments</a>
 * @see <a href="https://mariadb.com/kb/en/comment-syntax/">MariaDB: Comment Syntax</a>
 */
final class MySqlComments {

    private static final int VERSION_DIGITS = 5;
    /** MariaDB executes no comment for these versions of MySQL, whose syntax may differ from its own. */
    private static final int FIRST_FOREIGN = 50700;

    private static final int LAST_FOREIGN = 99999;
    /** A Galera cluster executes comments for this version. */
    private static final int GALERA = 99997;
    /** MySQL's first version to read six digits in an executable comment. */
    private static final int SIX_DIGITS = 80100;

    private final String text;
    private final Modes.MySql modes;
    private final Offsets offsets;
    /** Whether an executed comment is open. */
    private boolean executing;

    MySqlComments(String text, Modes.MySql modes, Offsets offsets) {
        this.text = text;
        this.modes = modes;
        this.offsets = offsets;
    }

    /** The index of the first character from here on that is code; the text's length where there is none. */
    int skip(int from) {
        int at = from;
        while (at < text.length()) {
            int next = step(at);
            if (next == at) {
                return at;
            }
            at = next;
        }
        if (executing) {
            throw Unreadable.malformed("a comment that does not end", offsets.of(text.length()));
        }
        return at;
    }

    /** The index after the blank or comment that stands here; the same index where code does. */
    private int step(int at) {
        char c = text.charAt(at);
        if (isBlank(c)) {
            return at + 1;
        }
        if (c == '#' || isDashComment(at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end + 1;
        }
        if (text.startsWith("/*", at)) {
            return comment(at);
        }
        if (executing && text.startsWith("*/", at)) {
            executing = false;
            return at + 2;
        }
        return at;
    }

    /** What a server takes for white space; no-break spaces and the like are letters to it. */
    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private boolean isDashComment(int at) {
        if (!text.startsWith("--", at)) {
            return false;
        }
        char following = at + 2 < text.length() ? text.charAt(at + 2) : ' ';
        return following <= ' ' || following == 0x7F;
    }

    private int comment(int at) {
        boolean ours = modes.isMariaDb() && text.startsWith("M!", at + 2);
        if (!ours && !text.startsWith("!", at + 2)) {
            return end(at, at + 2);
        }
        int start = at + (ours ? 4 : 3);
        int digits = digits(start);
        if (digits < VERSION_DIGITS) {
            executing = true;
            return start;
        }
        int length = modes.isMariaDb() ? Math.min(digits, VERSION_DIGITS + 1) : versionLength(start, digits);
        int version = Integer.parseInt(text.substring(start, start + length));
        if (isExecuted(version, ours, at)) {
            executing = true;
            return start + length;
        }
        return endOfSkipped(at, start);
    }

    private int digits(int start) {
        int end = start;
        while (end < text.length() && MySqlNumbers.isDigit(text.charAt(end))) {
            end++;
        }
        return end - start;
    }

    /** How many digits MySQL reads: six if white space follows them, and if it is new enough. */
    private int versionLength(int start, int digits) {
        boolean six =
                digits == VERSION_DIGITS + 1 && start + digits < text.length() && isBlank(text.charAt(start + digits));
        if (six && modes.version() >= 80000 && modes.version() < SIX_DIGITS) {
            throw new Unreadable("a comment this server may execute or not", offsets.of(start));
        }
        return six && modes.version() >= SIX_DIGITS ? VERSION_DIGITS + 1 : VERSION_DIGITS;
    }

    private boolean isExecuted(int version, boolean ours, int at) {
        if (!modes.isMariaDb()) {
            return version <= modes.version();
        }
        if (version == GALERA) {
            throw new Unreadable("a comment that only a cluster executes", offsets.of(at));
        }
        boolean foreign = version >= FIRST_FOREIGN && version <= LAST_FOREIGN && !ours;
        return version <= modes.version() && !foreign;
    }

    /** The index after an ordinary comment, which ends at the first chance. */
    private int end(int open, int from) {
        int end = text.indexOf("*/", from);
        if (end < 0) {
            throw Unreadable.malformed("a comment that does not end", offsets.of(open));
        }
        return end + 2;
    }

    /** The index after a comment for another version, in which there may be ordinary comments. */
    private int endOfSkipped(int open, int from) {
        int at = from;
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                at = end(at, at + 2);
            } else if (text.startsWith("*/", at)) {
                return at + 2;
            } else {
                at++;
            }
        }
        throw Unreadable.malformed("a comment that does not end", offsets.of(open));
    }

    /**
     * The index after the hint that stands here, behind white space only; -1 where none does.
     *
     * @param from the index after a word that hints may follow
     */
    int endOfHint(int from) {
        int open = startOfHint(from);
        if (!text.startsWith("/*+", open)) {
            return -1;
        }
        int end = end(open, open + 3);
        if (!isPlain(text.substring(open + 3, end - 2))) {
            throw new Unreadable("a hint with quotes that may go on after it", offsets.of(open));
        }
        return end;
    }

    /** The index of the first character that is not blank. */
    int startOfHint(int from) {
        int open = from;
        while (open < text.length() && isBlank(text.charAt(open))) {
            open++;
        }
        return open;
    }

    /** Whether no quote can carry a hint on past its end: the server reads quotes in it, and their escapes. */
    private static boolean isPlain(String hint) {
        for (char quote : new char[] {'\'', '"', '`'}) {
            if (hint.chars().filter(c -> c == quote).count() % 2 != 0) {
                return false;
            }
        }
        return hint.indexOf('\\') < 0 && !hint.contains("/*");
    }
}
