package dev.gatehouse.wire.postgres.value;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.ValueForm;
import io.netty.buffer.ByteBuf;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Days, or microseconds, since the first of January 2000; those with a time zone as it was in UTC, where they are truncated
 * too. Infinity, and what lies before the year 1 or after 9999, becomes NULL, as in text form.
 */
enum BinaryTime implements ValueForm.Times {
    DATE(4),
    TIMESTAMP(8);

    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final long DAYS_AROUND = 4_000_000;
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final int LAST_YEAR = 9999;

    private final int bytes;

    BinaryTime(int bytes) {
        this.bytes = bytes;
    }

    @Override
    public int truncate(ChronoUnit to, ByteBuf row, int index, int length, ByteBuf out) {
        if (length != bytes) {
            return Mask.NULL;
        }
        long value = this == DATE ? row.getInt(index) * MICROS_A_DAY : row.getLong(index);
        if (Math.abs(Math.floorDiv(value, MICROS_A_DAY)) > DAYS_AROUND) {
            return Mask.NULL;
        }
        LocalDateTime start = beginning(EPOCH.atStartOfDay().plus(value, ChronoUnit.MICROS), to);
        if (start.getYear() < 1 || start.getYear() > LAST_YEAR) {
            return Mask.NULL;
        }
        long micros = ChronoUnit.MICROS.between(EPOCH.atStartOfDay(), start);
        if (this == DATE) {
            out.writeInt((int) (micros / MICROS_A_DAY));
        } else {
            out.writeLong(micros);
        }
        return bytes;
    }

    private static LocalDateTime beginning(LocalDateTime time, ChronoUnit to) {
        return switch (to) {
            case YEARS -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
            case MONTHS -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            default -> time.truncatedTo(to);
        };
    }
}
