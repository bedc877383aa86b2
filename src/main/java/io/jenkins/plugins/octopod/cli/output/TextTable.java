package io.jenkins.plugins.octopod.cli.output;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.ArrayList;
import java.util.List;

/** Table of text with borders. A cell can contain several lines. */
@ModuleInternal
public final class TextTable {

    /** Maximum width in characters; longer lines are wrapped. */
    private static final int MAX_WIDTH = 60;

    private final List<List<List<String>>> rows = new ArrayList<>();
    private boolean titled;

    /** Adds a first row with titles. Lines then separate all rows. */
    public TextTable withTitles(List<String> titles) {
        titled = true;
        return add(titles.stream().map(List::of).toList());
    }

    /**
     * Adds a row.
     *
     * @param cells cells, each a list of lines
     */
    public TextTable add(List<List<String>> cells) {
        rows.add(cells.stream()
                .map(lines -> lines.stream()
                        .flatMap(line -> wrapped(visible(line)).stream())
                        .toList())
                .toList());
        return this;
    }

    /** Escapes characters that would move a terminal’s cursor or break the table. */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\n' -> visible.append("\\n");
                case '\t' -> visible.append("\\t");
                default -> visible.append(Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : c);
            }
        }
        return visible.toString();
    }

    private static List<String> wrapped(String line) {
        List<String> pieces = new ArrayList<>();
        int[] codePoints = line.codePoints().toArray();
        for (int start = 0; start < codePoints.length || start == 0; start += MAX_WIDTH) {
            pieces.add(new String(codePoints, start, Math.min(MAX_WIDTH, codePoints.length - start)));
        }
        return pieces;
    }

    private static int width(String line) {
        return line.codePointCount(0, line.length());
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (List<List<String>> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).stream()
                        .mapToInt(TextTable::width)
                        .max()
                        .orElse(0);
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(widths.get(column), width));
                }
            }
        }
        return widths;
    }

    /** Returns the table; empty if it has no rows. */
    @Override
    public String toString() {
        if (rows.isEmpty()) {
            return "";
        }
        List<Integer> widths = widths();
        StringBuilder text = new StringBuilder(rule("┌", "┬", "┐", widths));
        for (int i = 0; i < rows.size(); i++) {
            if (titled && i > 0) {
                text.append(rule("├", "┼", "┤", widths));
            }
            append(rows.get(i), widths, text);
        }
        return text.append(rule("└", "┴", "┘", widths)).toString();
    }

    private static void append(List<List<String>> row, List<Integer> widths, StringBuilder text) {
        int height = row.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            for (int column = 0; column < row.size(); column++) {
                List<String> cell = row.get(column);
                String piece = line < cell.size() ? cell.get(line) : "";
                text.append("│ ").append(piece).append(" ".repeat(widths.get(column) - width(piece) + 1));
            }
            text.append("│\n");
        }
    }

    private static String rule(String left, String between, String right, List<Integer> widths) {
        List<String> lines = widths.stream().map(width -> "─".repeat(width + 2)).toList();
        return left + String.join(between, lines) + right + '\n';
    }
}
