package dev.gatehouse.wire.mysql.result;

/**
 * What is known of character sets, by the numbers of their collations: whether a mask, which reads and writes UTF-8, can
 * read a value.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.4/en/charset-charsets.html">MySQL: Supported Character Sets</a>
 * @see <a href="https://mariadb.com/kb/en/supported-character-sets-and-collations/">MariaDB: Supported Character Sets</a>
 */
final class Charset {

    /** The collation utf8mb4_general_ci, which every server and client knows. */
    static final int UTF8 = 45;

    /** MariaDB's collations that do not pad have the numbers of those that do, and this. */
    private static final int NOPAD = 1024;

    private static final int LAST = 2047;

    private static final boolean[] READABLE = new boolean[NOPAD];
    private static final boolean[] UTF8_ENCODED = new boolean[NOPAD];

    static {
        // utf8mb3 and utf8mb4
        utf8(33, 33);
        utf8(45, 46);
        utf8(76, 76);
        utf8(83, 83);
        utf8(192, 215);
        utf8(223, 247);
        utf8(255, 323);
        utf8(576, 578);
        utf8(608, 610);
        // Sets that have ASCII as it is, and no byte of ASCII inside another character.
        mark(2, 9);
        mark(11, 12);
        mark(14, 16);
        mark(18, 27);
        mark(29, 32);
        mark(34, 34);
        mark(36, 44);
        mark(47, 53);
        mark(57, 59);
        mark(64, 75);
        mark(77, 81);
        mark(85, 86);
        mark(89, 89);
        mark(91, 94);
        mark(97, 99);
        // swe7 has letters in place of some of ASCII.
        READABLE[10] = false;
        READABLE[82] = false;
    }

    private Charset() {}

    private static void mark(int first, int last) {
        for (int collation = first; collation <= last; collation++) {
            READABLE[collation] = true;
        }
    }

    private static void utf8(int first, int last) {
        mark(first, last);
        for (int collation = first; collation <= last; collation++) {
            UTF8_ENCODED[collation] = true;
        }
    }

    /** Whether values can be read as UTF-8, or are in a set whose ASCII can; what is not ASCII then is not valid UTF-8. */
    static boolean isReadable(int collation) {
        return collation >= 0 && collation <= LAST && READABLE[collation % NOPAD];
    }

    /** Whether values are UTF-8. */
    static boolean isUtf8(int collation) {
        return isReadable(collation) && UTF8_ENCODED[collation % NOPAD];
    }
}
