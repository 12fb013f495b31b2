package dev.gatehouse.firewall.masking;

import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** In which form a column's values come, and so what a mask can read and must write. */
public sealed interface ValueForm {

    /** Character strings of any content in UTF-8, the same bytes in a protocol's text and binary form. */
    ValueForm STRINGS = new Strings();

    /** What no mask knows: of such a value only NULL is sure to be well-formed. */
    ValueForm UNREADABLE = new Unreadable();

    /** See {@link #STRINGS}. */
    record Strings() implements ValueForm {}

    /** See {@link #UNREADABLE}. */
    record Unreadable() implements ValueForm {}

    /** Numbers of one type, in one protocol's text or binary form. */
    non-sealed interface Numbers extends ValueForm {

        /**
         * Reads a value.
         *
         * @param row where it stands, lent
         * @return null for what is no finite number
         */
        @Nullable
        BigDecimal read(ByteBuf row, int index, int length);

        /**
         * Writes a value, rounded to what the type and the value it stands for have room for.
         *
         * @param like the value it stands for
         * @param out lent
         * @return how many bytes were written, or {@link Mask#NULL} and none were, where the type has no such value
         */
        int write(BigDecimal value, BigDecimal like, ByteBuf out);
    }

    /** Dates or timestamps of one type, in one protocol's text or binary form. */
    non-sealed interface Times extends ValueForm {

        /**
         * Writes the beginning of the year, month, day or hour a value lies in.
         *
         * @param row where it stands, lent
         * @param out lent
         * @return how many bytes were written, or {@link Mask#NULL} and none were, where the value is no point in time
         */
        int truncate(ChronoUnit to, ByteBuf row, int index, int length, ByteBuf out);
    }
}
