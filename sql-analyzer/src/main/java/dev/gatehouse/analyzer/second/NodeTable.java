package dev.gatehouse.analyzer.second;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code nodes.txt}: a class a line, {@code Class: read … | silent …}. */
final class NodeTable {

    private NodeTable() {}

    static Map<String, Nodes.Known> read() {
        Map<String, Nodes.Known> known = new HashMap<>();
        for (String line : WordTable.lines("nodes.txt")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int name = line.indexOf(':');
            int silent = line.indexOf('|');
            String read = line.substring(name + 1, silent < 0 ? line.length() : silent);
            known.put(
                    line.substring(0, name),
                    new Nodes.Known(words(read), silent < 0 ? Set.of() : words(line.substring(silent + 1))));
        }
        return Map.copyOf(known);
    }

    private static Set<String> words(String list) {
        return Arrays.stream(list.trim().split(" "))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
