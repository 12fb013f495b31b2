package dev.gatehouse.journal;

import dev.gatehouse.journal.seal.Checkpoint;
import dev.gatehouse.journal.seal.SigningKey;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves records from the spools into the ledger, pass by pass, see {@link Batch}. Used by the writer's thread alone. */
final class Drain {

    /** Records of one document, unless one alone is larger. */
    static final int BATCH_BYTES = 64 << 10;
    /** What one pass takes of one spool: the bound of what a reader must hold to sort it. */
    static final int PASS_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private Ledger ledger;
    private long pass;
    private long sequence;
    /** How many records the last checkpoint covers; negative before the first. */
    private long sealed = -1;

    private Optional<Batch> kept;
    private @Nullable Batch attempted;

    Drain(Ledger ledger) {
        this.ledger = ledger;
        this.kept = ledger.last();
        this.pass = kept.map(Batch::pass).orElse(0L);
        this.sequence = kept.map(Batch::nextSequence).orElse(0L);
    }

    /**
     * Moves what an earlier run left behind, as the rest of that run's last pass, and marks the begin of a new run.
     *
     * @param flows all spools there are
     */
    void begin(List<Outflow> flows) {
        for (Outflow flow : flows) {
            kept.filter(last -> last.spool() == flow.spool().id()).ifPresent(last -> {
                if (flow.head() > last.to()) {
                    LOG.error(
                            "The journal lacks {} bytes of records of {}, as after a power failure",
                            flow.head() - last.to(),
                            flow.spool().file());
                }
                flow.skip(last.to());
            });
            flow.look();
            while (flow.next(Long.MAX_VALUE, BATCH_BYTES)) {
                move(flow);
            }
        }
        pass++;
        Batch begin = Batch.begin(pass, sequence);
        ledger.append(begin, ByteBuffer.allocate(0));
        Optional<Batch> last = ledger.last();
        if (!last.equals(Optional.of(begin))) {
            throw new JournalException("journal: what was written to the queue is not read back: " + last);
        }
        kept = last;
    }

    /**
     * Moves what is published.
     *
     * @return how many bytes
     */
    long pass(List<Outflow> flows) {
        // Whatever caused a record stamped until now was published before, and so is seen by look().
        long until = System.nanoTime();
        VarHandle.fullFence();
        for (Outflow flow : flows) {
            flow.look();
        }
        for (Outflow flow : flows) {
            until = flow.stampAfter(PASS_BYTES, until);
        }
        pass++;
        long moved = 0;
        boolean whole = false;
        try {
            for (Outflow flow : flows) {
                while (flow.next(until, BATCH_BYTES)) {
                    moved += move(flow);
                }
            }
            whole = moved > 0;
        } finally {
            if (!whole) {
                // Nothing to tell of, or broken off: then what follows belongs to the same pass.
                pass--;
            }
        }
        return moved;
    }

    /**
     * Signs how far the ledger reaches, unless nothing was added since the last time.
     *
     * @return the checkpoint, kept in the ledger
     */
    Optional<Checkpoint> seal(SigningKey key, Instant now) {
        if (sequence == sealed) {
            return Optional.empty();
        }
        Checkpoint checkpoint = Checkpoint.sign(key, now, sequence, ledger.chain());
        ByteBuffer bytes = ByteBuffer.wrap(checkpoint.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        Batch batch = Batch.seal(pass, sequence, bytes);
        attempted = batch;
        ledger.append(batch, bytes);
        keep(batch);
        sealed = sequence;
        return Optional.of(checkpoint);
    }

    private int move(Outflow flow) {
        Batch batch = flow.batch(pass, sequence);
        attempted = batch;
        try {
            ledger.append(batch, flow.stretch(batch));
        } catch (Throwable e) {
            flow.restore();
            throw e;
        }
        keep(batch);
        flow.consumed();
        return batch.bytes();
    }

    private void keep(Batch batch) {
        kept = Optional.of(batch);
        attempted = null;
        sequence = batch.nextSequence();
    }

    /**
     * Goes on with a ledger that was opened anew after a failure, once it has been read back.
     *
     * @throws JournalException if it lacks what had been kept
     */
    void resume(Ledger reopened, List<Outflow> flows) {
        Optional<Batch> last = reopened.last();
        Batch inFlight = attempted;
        if (inFlight != null && last.equals(Optional.of(inFlight))) {
            keep(inFlight);
            for (Outflow flow : flows) {
                if (flow.spool().id() == inFlight.spool()) {
                    flow.skip(inFlight.to());
                }
            }
        } else if (!last.equals(kept)) {
            throw new JournalException("journal: the queue has lost records: it ends with "
                    + last.map(Batch::toString).orElse("nothing") + ", and " + kept.orElse(null) + " had been kept");
        }
        ledger = reopened;
    }

    void close() {
        ledger.close();
    }
}
