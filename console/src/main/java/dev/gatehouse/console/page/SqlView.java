package dev.gatehouse.console.page;

import static dev.gatehouse.console.page.Element.element;

import dev.gatehouse.firewall.approval.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A statement's text as it would run: every line, every character, and its bytes. */
final class SqlView {

    private static final int BYTES_IN_ROW = 16;
    private static final int MOST_BYTES = 256 * 1024;
    /** What the server puts in place of bytes that are no text. */
    private static final char LOST = '\uFFFD';

    private final Request request;

    SqlView(Request request) {
        this.request = request;
    }

    List<Element> elements() {
        Element lines = element("ol", "sql").with("id", "sql");
        String[] all = request.sql().split("\n", -1);
        for (String line : all) {
            lines.add(element("li").add(element("code").text(line)));
        }
        return List.of(lines, notes(all.length), bytes());
    }

    private Element notes(int lines) {
        int[] odd = Revealed.count(request.sql());
        Element notes = element("p", "notes")
                .text(lines + (lines == 1 ? " line, " : " lines, ")
                        + request.sql().length() + " characters. ");
        notes.add(element("span", odd[0] == 0 ? "fine" : "warning")
                .text("Hidden characters: " + (odd[0] == 0 ? "none. " : odd[0] + ", drawn in boxes. ")));
        notes.add(element("span", odd[1] == 0 ? "fine" : "warning")
                .text("Look-alikes: " + (odd[1] == 0 ? "none. " : odd[1] + ", marked. ")));
        boolean hasComments = request.sql().contains("--")
                || request.sql().contains("/*")
                || request.sql().contains("#");
        notes.add(element("span", hasComments ? "warning" : "fine")
                .text(hasComments ? "May hold comments. " : "Comments: none. "));
        if (request.sql().indexOf(LOST) >= 0) {
            notes.add(element("span", "warning").text("It holds bytes that are no text."));
        }
        return notes;
    }

    private Element bytes() {
        byte[] bytes = request.sql().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            return element("p", "notes")
                    .text("Its " + bytes.length + " bytes are too many to list here; GET /v1/approvals/" + request.id()
                            + " has them.");
        }
        StringBuilder rows = new StringBuilder(bytes.length * 5);
        for (int row = 0; row < bytes.length; row += BYTES_IN_ROW) {
            row(rows, bytes, row);
        }
        return element("details")
                .add(
                        element("summary").text("Bytes (" + bytes.length + ")"),
                        element("pre", "bytes")
                                .with("tabindex", "0")
                                .with("aria-label", "The statement's bytes")
                                .add(element("code").text(rows.toString())));
    }

    private static void row(StringBuilder rows, byte[] bytes, int begin) {
        rows.append(String.format(Locale.ROOT, "%08x ", begin));
        StringBuilder letters = new StringBuilder(BYTES_IN_ROW);
        for (int i = begin; i < begin + BYTES_IN_ROW; i++) {
            if (i >= bytes.length) {
                rows.append("   ");
            } else {
                rows.append(String.format(Locale.ROOT, " %02x", bytes[i]));
                letters.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
        }
        rows.append("  ").append(letters).append('\n');
    }
}
