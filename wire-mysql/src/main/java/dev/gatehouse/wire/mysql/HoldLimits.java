package dev.gatehouse.wire.mysql;

import dev.gatehouse.firewall.statement.Statement.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a statement may wait for people at most, as its session's settings say: no longer than its client has said that a
 * statement may take; in a transaction, no longer than the server lets one rest; and where that keeps locks, no longer than others
 * wait for them.
 */
final class HoldLimits {

    /** In seconds, 0 for no limit. A statement's time counts where it is not what the server has for everybody. */
    private static final String ASK_MARIADB = "SELECT "
            + "IF(@@session.max_statement_time=@@global.max_statement_time,0,@@session.max_statement_time),"
            + "@@session.innodb_lock_wait_timeout,@@session.lock_wait_timeout,@@session.wait_timeout,"
            + "@@session.idle_transaction_timeout,@@session.idle_readonly_transaction_timeout,"
            + "@@session.idle_write_transaction_timeout";

    /** MySQL says a statement's time in milliseconds. */
    private static final String ASK_MYSQL = "SELECT "
            + "IF(@@session.max_execution_time=@@global.max_execution_time,0,@@session.max_execution_time/1000),"
            + "@@session.innodb_lock_wait_timeout,@@session.lock_wait_timeout,@@session.wait_timeout,0,0,0";

    static final int COLUMNS = 7;

    private static final int STATEMENT = 0;
    private static final int ROW_LOCKS = 1;
    private static final int TABLE_LOCKS = 2;
    private static final int REST = 3;

    /** By how much the client's answer must be there before the server loses patience. */
    private static final Duration AHEAD = Duration.ofSeconds(1);

    private static final int MILLIS = 3;
    private static final String SECONDS = "[0-9]{1,12}(\\.[0-9]{1,9})?";

    private final List<Optional<Duration>> seconds = new ArrayList<>(COLUMNS);
    private final boolean mariaDb;
    private final boolean known;

    private HoldLimits(Inquiry answered, boolean mariaDb) {
        this.mariaDb = mariaDb;
        boolean numbers = true;
        for (int i = 0; i < COLUMNS; i++) {
            String value = answered.value(i);
            boolean number = value.matches(SECONDS);
            seconds.add(number ? limit(value) : Optional.empty());
            numbers &= number;
        }
        this.known = numbers;
    }

    static String question(boolean mariaDb) {
        return mariaDb ? ASK_MARIADB : ASK_MYSQL;
    }

    /** Reads the server's answer. */
    static HoldLimits read(Inquiry answered, boolean mariaDb) {
        return new HoldLimits(answered, mariaDb);
    }

    private static Optional<Duration> limit(String value) {
        Duration duration =
                Duration.ofMillis(new BigDecimal(value).movePointRight(MILLIS).longValue());
        return duration.isZero() ? Optional.empty() : Optional.of(duration);
    }

    /** How long a statement may wait: zero for not at all, empty for as long as one likes. */
    Optional<Duration> most(Execution statement) {
        boolean timed = mariaDb || !statement.analysis().mayWrite();
        Optional<Duration> own = timed ? seconds.get(STATEMENT) : Optional.empty();
        Transaction transaction = statement.transaction();
        if (transaction == Transaction.NONE) {
            return own;
        }
        if (!known) {
            return Optional.of(Duration.ZERO);
        }
        Optional<Duration> rest = seconds.subList(REST, COLUMNS).stream()
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .map(most -> most.compareTo(AHEAD) < 0 ? Duration.ZERO : most.minus(AHEAD));
        Optional<Duration> locks = seconds.get(transaction == Transaction.WRITTEN ? ROW_LOCKS : TABLE_LOCKS);
        return List.of(own, rest, locks).stream().flatMap(Optional::stream).min(Duration::compareTo);
    }
}
