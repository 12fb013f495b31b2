package dev.gatehouse.wire.postgres;

/** Which message types one side may send, and which of them somebody wants to see whole. */
final class Tags {

    /** What the frontend may send after login; CopyData streams through unseen. */
    private static final String FRONTEND = "BCDEFHPQSXcf";

    /** What the backend may send; rows and the messages of a copy stream through unseen unless wanted. */
    private static final String BACKEND = "123ACEGHIKNRSTVWZnstv";

    private static final byte ILLEGAL = 0;
    private static final byte PASSING = 1;
    private static final byte WANTED = 2;

    private final byte[] table = new byte[256];

    private Tags(String wanted, String passing) {
        wanted.chars().forEach(tag -> table[tag] = WANTED);
        passing.chars().forEach(tag -> table[tag] = PASSING);
    }

    static Tags frontend() {
        return new Tags(FRONTEND, "d");
    }

    static Tags backend() {
        return new Tags(BACKEND, "cdD");
    }

    /** What a client that logs in may send: its proof, or that it gives up. */
    static Tags login() {
        return new Tags("pX", "");
    }

    boolean isLegal(byte tag) {
        return table[tag & 0xff] != ILLEGAL;
    }

    boolean isWanted(byte tag) {
        return table[tag & 0xff] == WANTED;
    }

    /** Asks to see a legal type whole, or no longer. */
    void want(char tag, boolean wanted) {
        table[tag] = wanted ? WANTED : PASSING;
    }
}
