package dev.gatehouse.gateway.command;

/** Where a statement goes, in the words a client would use: the upstream's name, and the database's where it differs. */
final class Target {

    private Target() {}

    static String words(String upstream, String database) {
        return database.isEmpty() || upstream.equals(database) ? upstream : upstream + "/" + database;
    }
}
