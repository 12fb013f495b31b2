package dev.gatehouse.wire.mysql;

import dev.gatehouse.wire.mysql.message.PacketsOutOfOrder;

/**
 * The numbers of the packets on one side, the client's or the server's: both directions count on together, modulo 256,
 * and each command begins anew with 0. As a number that goes on is made here, packets may be taken out or put in.
 */
final class Numbers {

    private static final int MODULUS = 256;

    private int next;

    /** A new command begins. */
    void restart() {
        next = 0;
    }

    /** The number of the packet at hand, which is about to be written. */
    int take() {
        int number = next;
        next = (next + 1) % MODULUS;
        return number;
    }

    /** Takes in the number of a packet that has arrived. */
    void arrived(int number) {
        if (number != next) {
            throw new PacketsOutOfOrder();
        }
        take();
    }

    /** The number of the packet before. */
    int last() {
        return (next + MODULUS - 1) % MODULUS;
    }

    /** The number of the next packet. */
    int next() {
        return next;
    }

    /** Whoever speaks next begins with a number of its own choice. */
    void restartAt(int number) {
        next = number;
    }
}
