package dev.gatehouse.gateway.noninterference;

import java.util.List;

/** A session with one of two databases that differ in the values of protected columns alone. */
public interface World {

    /** What this world answers to each statement of a script. */
    List<Answer> answer(Script script) throws Exception;

    /** How this world finds the rows of a statement; always alike where {@link #answer} sorts those that have no order. */
    default List<String> plan(String statement) throws Exception {
        return List.of();
    }
}
