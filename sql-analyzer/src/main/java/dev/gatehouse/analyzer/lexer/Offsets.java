package dev.gatehouse.analyzer.lexer;

/** Turns indexes into a text into 1-based character offsets, as servers count them. */
final class Offsets {

    private final String text;
    private int countedTo;
    private int surrogatePairs;

    Offsets(String text) {
        this.text = text;
    }

    /** The offset of an index; indexes are asked for in ascending order, mostly. */
    int of(int index) {
        if (index < countedTo) {
            return text.codePointCount(0, index) + 1;
        }
        for (int i = countedTo; i < index; i++) {
            if (Character.isHighSurrogate(text.charAt(i))) {
                surrogatePairs++;
            }
        }
        countedTo = index;
        return index - surrogatePairs + 1;
    }
}
