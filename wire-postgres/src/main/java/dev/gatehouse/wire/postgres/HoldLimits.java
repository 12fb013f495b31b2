package dev.gatehouse.wire.postgres;

import dev.gatehouse.firewall.statement.Statement.Transaction;
import dev.gatehouse.wire.postgres.message.Body;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long a statement may wait for people at most, as its session's settings say: no longer than its client has said that a
 * statement may take; in a transaction, no longer than the server lets one rest, or last.
 */
final class HoldLimits {

    /**
     * In milliseconds, then the transaction's age in seconds. A statement's time counts where the client has set it, by SET or
     * as it logged in. Operators are the server's own, whatever the search path says.
     */
    static final String QUESTION = "SELECT " + setting("statement_timeout")
            + " AND source OPERATOR(pg_catalog.=) ANY ('{client,session}'::pg_catalog.text[])), "
            + setting("idle_in_transaction_session_timeout") + "), " + setting("transaction_timeout") + "), "
            + "pg_catalog.date_part('epoch',"
            + " pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) pg_catalog.transaction_timestamp())"
            + " FROM pg_catalog.pg_settings";

    /** What a server that has not answered may allow: nobody knows. */
    static final HoldLimits UNKNOWN = new HoldLimits(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** What a session allows whose statements have no time for a question. */
    static final HoldLimits IMPATIENT =
            new HoldLimits(Optional.of(Duration.ofMillis(1)), Optional.empty(), Optional.empty(), false);

    /** By how much the client's answer must be there before the server loses patience. */
    private static final Duration AHEAD = Duration.ofSeconds(1);

    private static final int MILLIS = 3;
    private static final String MILLISECONDS = "[0-9]{1,12}";
    private static final String SECONDS = "-?[0-9]{1,12}(\\.[0-9]{1,20})?(e-[0-9]{1,2})?";

    private final Optional<Duration> statement;
    private final Optional<Duration> rest;
    private final Optional<Duration> remaining;
    private final boolean known;

    private HoldLimits(
            Optional<Duration> statement, Optional<Duration> rest, Optional<Duration> remaining, boolean known) {
        this.statement = statement;
        this.rest = rest;
        this.remaining = remaining;
        this.known = known;
    }

    private static String setting(String name) {
        return "pg_catalog.max(setting) FILTER (WHERE name OPERATOR(pg_catalog.=) '" + name + "'";
    }

    /** Reads the server's answer. */
    static HoldLimits read(Body row) {
        row.int16();
        String statement = text(row);
        String rest = text(row);
        String lasting = text(row);
        String age = text(row);
        if (!Stream.of(statement, rest, lasting).allMatch(value -> value.matches(MILLISECONDS))
                || !age.matches(SECONDS)) {
            return UNKNOWN;
        }
        Duration passed = millis(new BigDecimal(age).movePointRight(MILLIS));
        return new HoldLimits(limit(statement), limit(rest), limit(lasting).map(most -> most.minus(passed)), true);
    }

    private static String text(Body row) {
        int length = row.int32();
        return length < 0 ? "0" : new String(row.bytes(length), StandardCharsets.UTF_8);
    }

    private static Optional<Duration> limit(String millis) {
        return Optional.of(millis(new BigDecimal(millis))).filter(time -> !time.isZero());
    }

    private static Duration millis(BigDecimal number) {
        return Duration.ofMillis(number.longValue());
    }

    /**
     * How long a statement may wait: zero for not at all, empty for as long as one likes.
     *
     * @param begun whether the server has begun a transaction, which the client's next Sync ends, where it knows of none
     */
    Optional<Duration> most(Transaction transaction, boolean begun) {
        boolean none = transaction == Transaction.NONE;
        if (!known) {
            return none && !begun ? statement : Optional.of(Duration.ZERO);
        }
        return Stream.of(
                        statement,
                        none ? Optional.<Duration>empty() : rest.map(HoldLimits::ahead),
                        none && !begun ? Optional.<Duration>empty() : remaining.map(HoldLimits::ahead))
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    private static Duration ahead(Duration most) {
        return most.compareTo(AHEAD) < 0 ? Duration.ZERO : most.minus(AHEAD);
    }
}
