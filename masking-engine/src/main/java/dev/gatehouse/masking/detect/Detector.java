package dev.gatehouse.masking.detect;

/**
 * Recognises values of one kind. Reads on from where one may begin and never turns back, by no more than its kind is long; so
 * that looking through a text takes time in proportion to its length, whatever the text is.
 */
interface Detector {

    /** What {@link #end} answers where no value begins. */
    int NONE = -1;

    /**
     * Finds the end of a value that begins at a place.
     *
     * @param text lent
     * @param from where the text begins
     * @param at where the value would begin: behind no letter or digit
     * @param to where the text ends
     * @return the index behind the value, or {@link #NONE}
     */
    int end(byte[] text, int from, int at, int to);
}
