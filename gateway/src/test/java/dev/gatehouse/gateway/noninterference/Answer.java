package dev.gatehouse.gateway.noninterference;

import java.util.List;

/**
 * What came back for one statement.
 *
 * @param told everything the client was told, in order and to the byte, without what no two sessions have alike
 * @param refused whether the gateway refused the statement
 * @param failed whether the server did
 * @param columns for each column of its rows all values, in order; empty where there were no rows
 */
public record Answer(List<String> told, boolean refused, boolean failed, List<List<String>> columns) {

    public Answer {
        told = List.copyOf(told);
        columns = List.copyOf(columns);
    }
}
