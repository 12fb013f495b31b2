package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import java.util.ArrayList;
import java.util.List;

/** The numbers in a {@code PARTITION BY} clause, which have to agree. Its syntax is known to be right. */
final class Partitioning {

    /** The columns of RANGE COLUMNS or LIST COLUMNS; 0 where it is not by columns. */
    private int columns;

    private int partitions = -1;
    private int subpartitions = -1;
    private boolean subpartitioned;
    private boolean sound = true;
    private final List<Integer> parts = new ArrayList<>();

    private Partitioning() {}

    static Partitioning of(List<Token> tokens) {
        Partitioning clause = new Partitioning();
        int depth = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = tokens.get(i + 1);
            depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
            if (depth == 0) {
                clause.head(tokens, i);
            } else if (depth == 1 && next.isWord("partition") && (token.isMark("(") || token.isMark(","))) {
                clause.parts.add(0);
            } else if (depth == 2 && next.isWord("subpartition") && (token.isMark("(") || token.isMark(","))) {
                int last = clause.parts.size() - 1;
                clause.parts.set(last, clause.parts.get(last) + 1);
            } else if (depth == 1 && token.isWord("values")) {
                clause.values(tokens, i);
            }
        }
        return clause;
    }

    private void head(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        if (token.isWord("columns") && tokens.get(at + 1).isMark("(")) {
            columns = items(tokens, at + 1).size();
        } else if (token.isWord("partitions")) {
            partitions = number(tokens.get(at + 1));
        } else if (token.isWord("subpartitions")) {
            subpartitions = number(tokens.get(at + 1));
        } else if (token.isWord("subpartition")) {
            subpartitioned = true;
        }
    }

    private static int number(Token token) {
        boolean whole = token.sort() == Sort.NUMBER && token.text().matches("[0-9]{1,9}");
        return whole ? Integer.parseInt(token.text()) : -1;
    }

    /** {@code VALUES LESS THAN (1, 2)} or {@code VALUES IN ((1, 2), (3, 4))}. */
    private void values(List<Token> tokens, int at) {
        boolean in = tokens.get(at + 1).isWord("in");
        int open = at + (in ? 2 : 3);
        if (open >= tokens.size() || !tokens.get(open).isMark("(")) {
            return;
        }
        List<Integer> items = items(tokens, open);
        if (!in) {
            sound &= columns == 0 || items.size() == columns;
            return;
        }
        for (int item : items) {
            boolean row = tokens.get(item).isMark("(");
            int size = row ? items(tokens, item).size() : 1;
            sound &= tokens.get(item).isWord("default") || (columns > 1 ? row && size == columns : size == 1);
        }
    }

    /** Where each item of a list in parentheses begins. */
    private static List<Integer> items(List<Token> tokens, int open) {
        List<Integer> items = new ArrayList<>(List.of(open + 1));
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
            if (depth == 0) {
                return items;
            }
            if (depth == 1 && token.isMark(",")) {
                items.add(i + 1);
            }
        }
        return items;
    }

    /** Whether its numbers agree. */
    boolean isSound() {
        if (parts.isEmpty()) {
            return sound;
        }
        int first = parts.get(0);
        boolean alike = parts.stream().allMatch(count -> count == first);
        boolean said = partitions < 0 || partitions == parts.size();
        boolean divided = first == 0 || (subpartitioned && (subpartitions < 0 || subpartitions == first));
        return sound && alike && said && divided;
    }
}
