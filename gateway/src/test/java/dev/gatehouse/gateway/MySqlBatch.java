package dev.gatehouse.gateway;

/** Commands that are sent at once. */
interface MySqlBatch {

    /** Adds them to what is to be sent. */
    void add(MySqlRawPackets raw);
}
