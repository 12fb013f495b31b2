package dev.gatehouse.approvals;

import dev.gatehouse.firewall.approval.Ticket;

/**
 * Something to tell of a request.
 *
 * @param step which of the request's events it is, from 1 on
 * @param attempt how often it was tried before, from 0 on
 * @param ticket how the request stands by now
 */
public record Notice(Step step, int attempt, Ticket ticket) {

    /** What is told of each request, in this order. */
    public enum Step {
        /** It waits for a decision. */
        REQUESTED(1),
        /** It was approved or rejected, or ended undecided. */
        DECIDED(2),
        /** What became of an approval. */
        ENDED(3);

        private final int number;

        Step(int number) {
            this.number = number;
        }

        /** Which of the request's events it is, from 1 on. */
        public int number() {
            return number;
        }

        /** What comes after so many events. */
        static Step after(int told) {
            return switch (told) {
                case 0 -> REQUESTED;
                case 1 -> DECIDED;
                default -> ENDED;
            };
        }
    }
}
