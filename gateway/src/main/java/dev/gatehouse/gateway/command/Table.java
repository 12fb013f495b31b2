package dev.gatehouse.gateway.command;

import dev.gatehouse.gateway.command.Listing.Column;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Draws a listing as aligned columns; the shrinking column gives way when the terminal is too narrow. */
final class Table {

    private static final String GAP = "  ";
    private static final int LEAST_WIDTH = 12;

    private Table() {}

    /** @param width the terminal's width; {@link Integer#MAX_VALUE} when nothing is to be cut */
    static void print(PrintWriter out, Listing listing, int width) {
        List<Column> columns = listing.columns();
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(Column::title).toList());
        listing.items()
                .forEach(item -> lines.add(columns.stream()
                        .map(column -> Visible.line(column.cell().apply(item)))
                        .toList()));
        int[] widths = widths(columns, lines, width);
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = cut(line.get(i), widths[i]);
                text.append(cell).append(" ".repeat(widths[i] - length(cell))).append(GAP);
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static int[] widths(List<Column> columns, List<List<String>> lines, int width) {
        int[] widths = new int[columns.size()];
        long all = 0;
        for (int i = 0; i < widths.length; i++) {
            for (List<String> line : lines) {
                widths[i] = Math.max(widths[i], length(line.get(i)));
            }
            all += widths[i] + (i == 0 ? 0 : GAP.length());
        }
        for (int i = 0; i < widths.length && all > width; i++) {
            if (columns.get(i).shrinks()) {
                int shrunk = (int) Math.max(Math.min(LEAST_WIDTH, widths[i]), widths[i] - (all - width));
                all -= widths[i] - shrunk;
                widths[i] = shrunk;
            }
        }
        return widths;
    }

    private static String cut(String cell, int width) {
        return length(cell) <= width ? cell : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
