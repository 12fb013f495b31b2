package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.firewall.audit.Verdict;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any event there may be. */
final class Events {

    private Events() {}

    static Arbitrary<Event> any() {
        return Arbitraries.oneOf(opened(), turnedAway(), frames(2000), asked(), decided(), answered(), closed());
    }

    static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\0', '\u2fff')
                .withChars("é—😀\u202e")
                .ofMaxLength(60)
                // Half of a surrogate pair has no UTF-8.
                .filter(text -> text.equals(new String(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.UTF_8)));
    }

    static Arbitrary<Long> numbers() {
        return Arbitraries.longs();
    }

    static Arbitrary<Event> frames(int maxBytes) {
        return Combinators.combine(
                        numbers(),
                        Arbitraries.of(Direction.values()),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(maxBytes))
                .as(Event.Frames::new);
    }

    private static Arbitrary<Event> opened() {
        return Combinators.combine(
                        numbers(), texts(), texts(), texts().list().ofMaxSize(3), texts(), texts(), texts(), texts())
                .flatAs((n, user, kind, groups, source, application, protocol, upstream) -> Combinators.combine(
                                texts(), texts())
                        .as((database, login) -> new Event.Opened(
                                n, user, kind, groups, source, application, protocol, upstream, database, login)));
    }

    private static Arbitrary<Event> turnedAway() {
        return Combinators.combine(numbers(), texts(), texts(), texts()).as(Event.TurnedAway::new);
    }

    private static Arbitrary<Event> asked() {
        return Combinators.combine(
                        numbers(),
                        numbers(),
                        texts(),
                        texts().injectNull(0.3).list().ofMaxSize(4),
                        Arbitraries.of(Verdict.values()),
                        texts(),
                        texts(),
                        texts())
                .as(Event.Asked::new);
    }

    private static Arbitrary<Event> decided() {
        return Combinators.combine(numbers(), numbers(), texts(), texts(), texts(), texts())
                .as(Event.Decided::new);
    }

    private static Arbitrary<Event> answered() {
        return Combinators.combine(
                        numbers(),
                        numbers(),
                        texts(),
                        Arbitraries.of(true, false),
                        texts().list().ofMaxSize(3))
                .as(Event.Answered::new);
    }

    private static Arbitrary<Event> closed() {
        return Combinators.combine(numbers(), texts()).as(Event.Closed::new);
    }

    /** An event that tells its number. */
    static Event numbered(long session, long number) {
        return new Event.Asked(
                session, number, "select " + number, List.of(), Verdict.ALLOW, "reads", "pol_00000000", "");
    }
}
