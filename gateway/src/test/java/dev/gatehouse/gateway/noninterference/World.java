package dev.gatehouse.gateway.noninterference;

import java.util.List;

/** A session with one of two databases that differ in the values of protected columns alone. */
public interface World {

    /** What this world answers to each statement of a script. */
    List<Answer> answer(Script script) throws Exception;
}
