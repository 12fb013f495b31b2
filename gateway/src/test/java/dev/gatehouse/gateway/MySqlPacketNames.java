package dev.gatehouse.gateway;

import java.util.regex.Pattern;

/** Payloads as text, without what differs from one database and one moment to the next. */
final class MySqlPacketNames {

    /** What stands for the database's name in a script. */
    static final String DATABASE = "the_database";

    private static final Pattern STATISTICS = Pattern.compile("Uptime: .*", Pattern.DOTALL);

    /** Where a server tells of an unknown statement later on, it tells of the number that the gateway gave it. */
    private static final Pattern HANDLER =
            Pattern.compile("(?<=Error.{0,20}).Unknown prepared statement handler \\(\\d+\\)", Pattern.DOTALL);

    private static final int LONG = 1000;

    private final String database;

    MySqlPacketNames(String database) {
        this.database = database;
    }

    /** A script's text as this server is told it. */
    String placed(String text) {
        return text.replace(DATABASE, database);
    }

    /** @param payload a character for each byte */
    String describe(String payload) {
        if (STATISTICS.matcher(payload).matches()) {
            return "statistics";
        }
        StringBuilder told = new StringBuilder();
        String shown = HANDLER.matcher(payload).replaceAll(" (a number)");
        for (char c : shown.replace(database, DATABASE).toCharArray()) {
            if (c >= ' ' && c < 0x7f) {
                told.append(c);
            } else {
                told.append('\\').append(Integer.toHexString(c));
            }
        }
        return told.length() < LONG
                ? told.toString()
                : told.substring(0, LONG) + "… " + payload.length() + " bytes, " + payload.hashCode();
    }
}
