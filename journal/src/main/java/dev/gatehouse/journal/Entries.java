package dev.gatehouse.journal;

import dev.gatehouse.firewall.audit.Event;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the journal: the queue pass by pass, then what lay in the spools when the reading began. Holds one pass
 * in memory at a time.
 */
final class Entries implements Iterator<Event.Entry> {

    private static final int PATIENCE = 1000;

    private final ExcerptTailer tailer;
    private final Path queue;
    private final Remainder remainder;
    private final Selection selection;
    /** By spool, the position up to which the queue was read. */
    private final Map<Long, Long> kept = new HashMap<>();

    private Pass pass = new Pass(-1, 0);
    private @Nullable Document ahead;
    private long nextSequence;
    private boolean finished;
    private Event.@Nullable Entry next;

    /** @param remainder taken before */
    Entries(ExcerptTailer tailer, Path queue, Remainder remainder, Selection selection) {
        this.tailer = tailer;
        this.queue = queue;
        this.remainder = remainder;
        this.selection = selection;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = advance();
        }
        return next != null;
    }

    @Override
    public Event.Entry next() {
        Event.Entry entry = next == null ? advance() : next;
        if (entry == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return entry;
    }

    private Event.@Nullable Entry advance() {
        while (true) {
            Strand record = pass.next();
            if (record == null) {
                if (finished) {
                    return null;
                }
                load();
            } else if (selection.takes(record)) {
                return record.entry(pass.sequence());
            }
        }
    }

    /** Loads the next pass; the last one together with what lies in the spools. */
    private void load() {
        Document document = ahead == null ? read() : ahead;
        ahead = null;
        pass = document == null
                ? new Pass(-1, nextSequence)
                : new Pass(document.batch().pass(), document.batch().sequence());
        for (int tries = 0; ; tries++) {
            while (document != null) {
                if (document.batch().pass() != pass.number()) {
                    ahead = document;
                    return;
                }
                add(document);
                document = read();
            }
            if (remainder.addTo(pass, kept)) {
                pass.cutAfter(remainder.seen());
                finished = true;
                tailer.close();
                return;
            }
            document = read();
            if (document == null && tries == PATIENCE) {
                throw new JournalException("journal: records are missing between the queue at " + queue
                        + " and its spools: the queue ends before the spools say it does");
            }
        }
    }

    private void add(Document document) {
        Batch batch = document.batch();
        nextSequence = batch.nextSequence();
        if (batch.spool() != Batch.NO_SPOOL && batch.to() > kept.getOrDefault(batch.spool(), -1L)) {
            kept.put(batch.spool(), batch.to());
            pass.add(
                    batch.spool(),
                    new Stretch(batch.to() - batch.bytes(), document.stretch()),
                    "the queue at " + queue);
        }
    }

    private @Nullable Document read() {
        while (true) {
            try (DocumentContext context = tailer.readingDocument()) {
                if (!context.isPresent()) {
                    return null;
                }
                Document document = Document.read(context, queue.toString());
                if (document != null) {
                    return document;
                }
            }
        }
    }
}
