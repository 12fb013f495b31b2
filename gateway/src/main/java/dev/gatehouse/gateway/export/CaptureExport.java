package dev.gatehouse.gateway.export;

import dev.gatehouse.firewall.audit.Direction;
import dev.gatehouse.firewall.audit.Event;
import dev.gatehouse.journal.SessionSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as captured packets, which Wireshark shows in PostgreSQL's or MySQL's terms: the bytes as the client sent and got
 * them, in packets made up for them, and what was decided as comments of the packets.
 */
public final class CaptureExport implements Export {

    private static final int POSTGRES_PORT = 5432;
    private static final int MYSQL_PORT = 3306;
    private static final int FIRST_CLIENT_PORT = 10_000;
    private static final int CLIENT_PORTS = 50_000;
    private static final int MOST_PACKET_BYTES = 32 << 10;
    /** How long a packet is kept for what is decided about it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final CaptureFile file;
    private final Map<Long, SessionSummary> known;
    private final Map<Long, Line> lines = new HashMap<>();
    private final Deque<Packet> queue = new ArrayDeque<>();
    private int streams;

    /** @param sessions those that are exported, by their numbers */
    public CaptureExport(OutputStream out, Map<Long, SessionSummary> sessions) throws IOException {
        this.file = new CaptureFile(out);
        this.known = Map.copyOf(sessions);
    }

    /** A packet that may still get comments. */
    private static final class Packet {

        final Instant at;
        final byte[] bytes;
        final List<String> comments = new ArrayList<>();
        boolean settled;

        Packet(Instant at, byte[] bytes) {
            this.at = at;
            this.bytes = bytes;
        }
    }

    /** A session on its way into the file. */
    private static final class Line {

        final TcpStream stream;
        final List<String> untold = new ArrayList<>();

        @Nullable
        Packet last;

        boolean hasBegun;

        Line(TcpStream stream) {
            this.stream = stream;
        }
    }

    @Override
    public void add(Event.Entry entry) throws IOException {
        Event event = entry.event();
        Line line = lines.computeIfAbsent(event.session(), this::line);
        if (event instanceof Event.Frames frames) {
            carry(line, entry.at(), frames);
        } else {
            Comments.of(event).ifPresent(comment -> comment(line, comment));
            if (event instanceof Event.Closed || event instanceof Event.TurnedAway) {
                end(line, entry.at());
                lines.remove(event.session());
            }
        }
        drain(entry.at().minus(PATIENCE));
    }

    @Override
    public void finish() throws IOException {
        drain(Instant.MAX);
    }

    private Line line(long session) {
        SessionSummary summary = known.get(session);
        boolean isMySql = summary != null && summary.protocol().equals("mysql");
        int port = FIRST_CLIENT_PORT + streams++ % CLIENT_PORTS;
        return new Line(
                new TcpStream(summary == null ? "" : summary.source(), port, isMySql ? MYSQL_PORT : POSTGRES_PORT));
    }

    private void carry(Line line, Instant at, Event.Frames frames) {
        boolean isFromClient = frames.direction() == Direction.FROM_CLIENT;
        begin(line, at);
        byte[] bytes = frames.bytes();
        for (int from = 0; from < bytes.length; from += MOST_PACKET_BYTES) {
            int length = Math.min(MOST_PACKET_BYTES, bytes.length - from);
            queue(line, new Packet(at, line.stream.data(isFromClient, bytes, from, length)));
        }
    }

    private void begin(Line line, Instant at) {
        if (!line.hasBegun) {
            line.hasBegun = true;
            queue(line, new Packet(at, line.stream.sign(true, TcpStream.SYN)));
            queue(line, new Packet(at, line.stream.sign(false, TcpStream.SYN)));
        }
    }

    private void end(Line line, Instant at) {
        begin(line, at);
        queue(line, new Packet(at, line.stream.sign(true, TcpStream.FIN)));
        queue(line, new Packet(at, line.stream.sign(false, TcpStream.FIN)));
        settle(line);
    }

    private void queue(Line line, Packet packet) {
        settle(line);
        packet.comments.addAll(line.untold);
        line.untold.clear();
        line.last = packet;
        queue.add(packet);
    }

    private static void settle(Line line) {
        Packet last = line.last;
        line.last = null;
        if (last != null) {
            last.settled = true;
        }
    }

    /** Comments the packet that was the session's last, while it has not been written, or else its next. */
    private static void comment(Line line, String text) {
        Packet last = line.last;
        if (last != null && !last.settled) {
            last.comments.add(text);
        } else {
            line.untold.add(text);
        }
    }

    private void drain(Instant before) throws IOException {
        Packet head = queue.peek();
        while (head != null && (head.settled || head.at.isBefore(before))) {
            head.settled = true;
            file.packet(head.at, head.bytes, head.comments);
            queue.remove();
            head = queue.peek();
        }
    }
}
