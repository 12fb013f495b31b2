package dev.gatehouse.journal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A ring of records in a mapped file, from one producing thread to one consuming thread. What is published here outlives
 * the process, because the file's pages belong to the kernel.
 *
 * <pre>
 *     0  long  magic      "GHSPOOL1"
 *     8  long  capacity   bytes of the ring, a power of two
 *    16  long  id         random; a position is unique together with it
 *   128  long  tail       position up to which records are published; written by the producer
 *   256  long  head       position up to which the queue has them; written by the consumer
 *  4096  …     the ring   slots, see {@link Slot}
 * </pre>
 *
 * <p>Positions only rise and are multiples of 8; a position's place in the ring is its remainder by the capacity.
 */
final class Spool {

    static final String SUFFIX = ".ring";
    static final int HEADER_BYTES = 4096;

    private static final long MAGIC = 0x314C4F4F50534847L;
    private static final int CAPACITY = 8;
    private static final int ID = 16;
    private static final int TAIL = 128;
    private static final int HEAD = 256;
    private static final int PAGE = 4096;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final MappedByteBuffer map;
    private final int capacity;
    private final long id;

    private Spool(Path file, MappedByteBuffer map) {
        this.file = file;
        this.map = map;
        map.order(ByteOrder.LITTLE_ENDIAN);
        this.capacity = (int) map.getLong(CAPACITY);
        this.id = map.getLong(ID);
    }

    /** Makes a spool that replaces whatever stands at that place; its blocks are taken from the disk now, not later. */
    static Spool create(Path file, int capacity, long id) throws IOException {
        Path unborn = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                unborn, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            header.putLong(0, MAGIC).putLong(CAPACITY, capacity).putLong(ID, id);
            writeAll(channel, header);
            ByteBuffer zeros = ByteBuffer.allocate(Math.min(capacity, 1 << 20));
            for (long left = capacity; left > 0; left -= zeros.capacity()) {
                writeAll(channel, zeros.clear());
            }
        }
        Files.move(unborn, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return open(file);
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Opens a spool for its producer and its consumer. */
    static Spool open(Path file) throws IOException {
        return map(file, FileChannel.MapMode.READ_WRITE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Opens a spool to look at. */
    static Spool view(Path file) throws IOException {
        return map(file, FileChannel.MapMode.READ_ONLY, StandardOpenOption.READ);
    }

    private static Spool map(Path file, FileChannel.MapMode mode, StandardOpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            long size = channel.size();
            if (size < HEADER_BYTES || size > HEADER_BYTES + (long) JournalSettings.MAX_SPOOL_BYTES) {
                throw damaged(file, "its size is " + size + " bytes");
            }
            MappedByteBuffer map = channel.map(mode, 0, size);
            map.order(ByteOrder.LITTLE_ENDIAN);
            if (map.getLong(0) != MAGIC) {
                throw damaged(file, "it does not begin as a spool does");
            }
            long capacity = map.getLong(CAPACITY);
            if (capacity != size - HEADER_BYTES || Long.bitCount(capacity) != 1) {
                throw damaged(file, "it says it holds " + capacity + " bytes, and is of " + size);
            }
            Spool spool = new Spool(file, map);
            spool.checkPositions();
            return spool;
        }
    }

    /** Checks that the positions can be true; a reader beside a live writer must read the head first. */
    private void checkPositions() {
        long head = head();
        long tail = tail();
        // A live producer may publish between the two reads, and then only ever too much.
        boolean possible = head >= 0 && tail >= head && ((head | tail) & (Slot.ALIGNMENT - 1)) == 0;
        if (!possible || (!map.isReadOnly() && tail - head > capacity)) {
            throw damaged(file, "its positions are " + head + " and " + tail);
        }
    }

    private static JournalException damaged(Path file, String how) {
        return new JournalException("journal: the spool " + file + " is damaged: " + how
                + "; move it aside to go on without the records only it holds");
    }

    /** Faults every page in, so that no record has to. */
    void touch() {
        for (int at = HEADER_BYTES; at < map.capacity(); at += PAGE) {
            map.put(at, map.get(at));
        }
    }

    Path file() {
        return file;
    }

    int capacity() {
        return capacity;
    }

    long id() {
        return id;
    }

    /** The ring's bytes, as a view of its own. */
    ByteBuffer ring() {
        return map.slice(HEADER_BYTES, capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    int offset(long position) {
        return (int) position & (capacity - 1);
    }

    long tail() {
        return (long) LONG.getAcquire(map, TAIL);
    }

    void publish(long tail) {
        LONG.setRelease(map, TAIL, tail);
    }

    long head() {
        return (long) LONG.getAcquire(map, HEAD);
    }

    void consumed(long head) {
        LONG.setRelease(map, HEAD, head);
    }
}
