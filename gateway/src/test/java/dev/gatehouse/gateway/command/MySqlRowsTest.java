package dev.gatehouse.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event.Frames;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets as MariaDB sends them to a client that wants EOF packets. */
final class MySqlRowsTest {

    private static final byte[] QUERY = {2, 0, 0, 0, 3, '?'};
    private static final byte[] ERROR = {3, 0, 0, 1, (byte) 0xff, 40, 4};
    private static final byte[] NO_COLUMN = {1, 0, 0, 1, 1, 3, 0, 0, 2, 9, 9, 9, 2, 0, 0, 3, 1, '1'};
    /** One column, "a"; 1 and NULL. */
    private static final byte[] RESULT = {
        1,
        0,
        0,
        1,
        1,
        20,
        0,
        0,
        2,
        0,
        0,
        0,
        0,
        1,
        'a',
        0,
        12,
        8,
        0,
        4,
        0,
        0,
        0,
        (byte) 253,
        0,
        0,
        0,
        0,
        0,
        5,
        0,
        0,
        3,
        (byte) 0xfe,
        0,
        0,
        2,
        0,
        2,
        0,
        0,
        4,
        1,
        '1',
        1,
        0,
        0,
        5,
        (byte) 0xfb,
        5,
        0,
        0,
        6,
        (byte) 0xfe,
        0,
        0,
        2,
        0
    };
    /** MariaDB's report of progress, which may come before any answer. */
    private static final byte[] PROGRESS = {10, 0, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 1, 1, 0, 0, 0, 0};

    private final MySqlRows rows = new MySqlRows(10);

    private void feed(Direction direction, byte[] bytes) {
        rows.feed(new Frames(1, direction, bytes));
    }

    @Test
    void rowsAreReadWhereverTheBytesAreCut() {
        for (int cut = 0; cut <= RESULT.length; cut++) {
            feed(Direction.FROM_CLIENT, QUERY);
            feed(Direction.TO_CLIENT, Arrays.copyOfRange(RESULT, 0, cut));
            feed(Direction.TO_CLIENT, Arrays.copyOfRange(RESULT, cut, RESULT.length));
            assertThat(rows.take()).as("cut at %d", cut).containsExactly("a", "1", "NULL");
        }
    }

    @Test
    void aReportOfProgressIsNoAnswer() {
        feed(Direction.FROM_CLIENT, QUERY);
        feed(Direction.TO_CLIENT, PROGRESS);
        feed(Direction.TO_CLIENT, RESULT);
        assertThat(rows.take()).containsExactly("a", "1", "NULL");
    }

    @Test
    void whatIsNotUnderstoodEndsWithTheNextCommand() {
        for (byte[] answer : List.of(ERROR, NO_COLUMN)) {
            feed(Direction.FROM_CLIENT, QUERY);
            feed(Direction.TO_CLIENT, answer);
            assertThat(rows.take()).isEmpty();
        }
        feed(Direction.FROM_CLIENT, QUERY);
        feed(Direction.TO_CLIENT, RESULT);
        assertThat(rows.take()).containsExactly("a", "1", "NULL");
    }

    @Test
    void aPacketTooLongToKeepIsCounted() {
        byte[] columns = Arrays.copyOf(RESULT, 38);
        int length = 3 << 20;
        feed(Direction.FROM_CLIENT, QUERY);
        feed(Direction.TO_CLIENT, columns);
        feed(Direction.TO_CLIENT, new byte[] {0, 0, (byte) (length >> 16), 4});
        feed(Direction.TO_CLIENT, new byte[length - 1]);
        feed(Direction.TO_CLIENT, new byte[] {0, 1, 0, 0, 5, (byte) 0xfb, 5, 0, 0, 6, (byte) 0xfe, 0, 0, 2, 0});
        assertThat(rows.take()).containsExactly("a", "NULL", "… 1 more");
    }
}
