package dev.gatehouse.firewall.masking;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and timestamps as ISO 8601 writes them, which PostgreSQL does by {@code DateStyle ISO} and MySQL always. What follows
 * the seconds, such as a zone, stays. Everything else becomes NULL: other styles, years before 1 or after 9999, infinity.
 */
public final class IsoText implements ValueForm.Times {

    /** There is no more than one kind of it. */
    public static final IsoText TEXT = new IsoText();

    private static final int MOST_BYTES = 40;
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)(?:( )(\\d\\d):\\d\\d:\\d\\d(?:\\.\\d{1,6})?([+-]\\d\\d(?::\\d\\d){0,2})?)?");

    private IsoText() {}

    @Override
    public int truncate(ChronoUnit to, ByteBuf row, int index, int length, ByteBuf out) {
        if (length > MOST_BYTES) {
            return Mask.NULL;
        }
        Matcher written = FORM.matcher(row.toString(index, length, StandardCharsets.ISO_8859_1));
        if (!written.matches()
                || written.group(1).equals("0000")
                || written.group(2).equals("00")) {
            return Mask.NULL;
        }
        StringBuilder text = new StringBuilder(MOST_BYTES).append(written.group(1));
        text.append('-').append(to == ChronoUnit.YEARS ? "01" : written.group(2));
        boolean day = to == ChronoUnit.DAYS || to == ChronoUnit.HOURS;
        text.append('-').append(day ? written.group(3) : "01");
        if (written.group(4) != null) {
            text.append(' ')
                    .append(to == ChronoUnit.HOURS ? written.group(5) : "00")
                    .append(":00:00");
            if (written.group(6) != null) {
                text.append(written.group(6));
            }
        }
        return out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }
}
