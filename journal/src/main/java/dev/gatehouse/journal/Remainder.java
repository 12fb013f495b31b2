package dev.gatehouse.journal;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lay in the spools at one instant and may not be in the queue. Only looks: a gateway may be writing, and its writer
 * may move records into the queue, and its producers overwrite them, at any moment.
 */
final class Remainder {

    private final List<View> views;

    private Remainder(List<View> views) {
        this.views = views;
    }

    /** Takes note of what is published now in all spools of a directory. To be done before the queue is read. */
    static Remainder of(Path spools) {
        List<View> views = new ArrayList<>();
        if (Files.isDirectory(spools)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(spools, "*" + Spool.SUFFIX)) {
                for (Path file : files) {
                    view(file, views);
                }
            } catch (IOException e) {
                throw new JournalException("journal: cannot read the spools at " + spools + ": " + e, e);
            }
        }
        // What caused a record seen the first time was published before the second.
        views.forEach(View::lookAgain);
        return new Remainder(views);
    }

    private static void view(Path file, List<View> views) throws IOException {
        try {
            views.add(new View(Spool.view(file)));
        } catch (NoSuchFileException replaced) {
            // The gateway makes it anew for another size, once it is empty.
            views.removeIf(view -> view.spool.file().equals(file));
        }
    }

    /**
     * Adds to a pass what the queue does not hold, as far as it was there at the instant.
     *
     * @param kept by spool, the position up to which the queue was read
     * @return false when the queue has moved on meanwhile and must be read on first; then nothing was added
     */
    boolean addTo(Pass pass, Map<Long, Long> kept) {
        Map<View, List<Stretch>> copies = new LinkedHashMap<>();
        for (View view : views) {
            long from = Math.max(view.head, kept.getOrDefault(view.spool.id(), 0L));
            List<Stretch> copy = view.copy(from, view.tailAgain);
            if (view.spool.head() > from && from < view.tailAgain) {
                return false;
            }
            copies.put(view, copy);
        }
        copies.forEach((view, copy) -> copy.forEach(stretch -> pass.add(view.spool.id(), stretch, view.where())));
        return true;
    }

    /** By spool, the position up to which records were published at the instant. */
    Map<Long, Long> seen() {
        Map<Long, Long> seen = new HashMap<>();
        views.forEach(view -> seen.put(view.spool.id(), view.tail));
        return seen;
    }

    /** One spool. */
    private static final class View {
        private final Spool spool;
        private final ByteBuffer ring;
        private final long head;
        private final long tail;
        private long tailAgain;

        View(Spool spool) {
            this.spool = spool;
            this.ring = spool.ring();
            this.head = spool.head();
            this.tail = spool.tail();
            this.tailAgain = tail;
        }

        void lookAgain() {
            tailAgain = spool.tail();
        }

        String where() {
            return "the spool " + spool.file();
        }

        List<Stretch> copy(long from, long to) {
            List<Stretch> copies = new ArrayList<>(2);
            // More than the ring holds is seen only when the consumer has moved on, which the caller finds out.
            long end = Math.min(to, from + spool.capacity());
            for (long position = from; position < end; ) {
                int offset = spool.offset(position);
                int length = (int) Math.min(end - position, spool.capacity() - offset);
                byte[] bytes = new byte[length];
                ring.get(offset, bytes);
                copies.add(new Stretch(position, ByteBuffer.wrap(bytes)));
                position += length;
            }
            VarHandle.loadLoadFence();
            return copies;
        }
    }
}
