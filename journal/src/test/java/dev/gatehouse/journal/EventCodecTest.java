package dev.gatehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.firewall.audit.Event;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class EventCodecTest {

    @Provide
    Arbitrary<Event> events() {
        return Events.any();
    }

    @Property
    void anEventReadIsTheEventWritten(@ForAll("events") Event event) {
        ByteBuf body = Unpooled.buffer();
        EventCodec.write(event, body);

        Event read = EventCodec.read(EventCodec.type(event), Slot.FORMAT, event.session(), body);

        assertThat(read).usingRecursiveComparison().isEqualTo(event);
        assertThat(body.isReadable()).isFalse();
    }

    @Property
    void aBodyCutShortIsNeverReadBeyondItsEnd(@ForAll("events") Event event, @ForAll @IntRange(max = 200) int lost) {
        ByteBuf body = Unpooled.buffer();
        EventCodec.write(event, body);
        body.writerIndex(Math.max(0, body.writerIndex() - lost));

        try {
            assertThat(EventCodec.read(EventCodec.type(event), Slot.FORMAT, event.session(), body))
                    .isInstanceOf(event.getClass());
        } catch (JournalException e) {
            assertThat(e).hasMessageContaining("damaged");
        }
    }

    @Test
    void aFormatOfTheFutureIsRefused() {
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> EventCodec.read(EventCodec.CLOSED, (byte) 2, 1, Unpooled.EMPTY_BUFFER))
                .withMessageContaining("format 2");
    }

    @Test
    void anUnknownTypeIsRefused() {
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> EventCodec.read((byte) 99, Slot.FORMAT, 1, Unpooled.EMPTY_BUFFER))
                .withMessageContaining("99");
    }

    @Test
    void aListThatCannotFitIsNotAllocated() {
        ByteBuf body = Unpooled.buffer();
        EventCodec.write(new Event.Answered(1, 2, "", false, List.of()), body);
        body.setIntLE(body.writerIndex() - Integer.BYTES, Integer.MAX_VALUE);

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> EventCodec.read(EventCodec.ANSWERED, Slot.FORMAT, 1, body))
                .withMessageContaining("damaged");
    }
}
