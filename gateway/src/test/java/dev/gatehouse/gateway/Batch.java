package dev.gatehouse.gateway;

/** Messages that are sent at once. */
interface Batch {

    /** Adds them to what is to be sent. */
    void add(RawFrames raw);
}
