package dev.gatehouse.firewall.masking;

/** How text stands in a column's values, for what is looked for in it and may be masked there. */
public enum Prose {
    /** There is none, or nobody can read it. */
    NONE,
    /** The value is the text, in UTF-8. */
    PLAIN,
    /** In strings of JSON. */
    JSON,
    /** Amid punctuation that means something: of an array, a row, XML. */
    LITERAL,
    /** As {@link #LITERAL}, in a character set of which ASCII alone is known. */
    ASCII
}
