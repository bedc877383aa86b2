package io.jenkins.plugins.octopod.dashboard.page;

import hudson.Util;
import io.jenkins.plugins.octopod.dashboard.model.StatusPresentation;
import io.jenkins.plugins.octopod.staging.state.ObservedState;

/**
 * Badge with a label and a status in its color.
 *
 * @param label any text
 * @param word display name of the status
 * @param color background of the word, dark enough for white letters
 */
record BadgeImage(String label, String word, String color) {

    private static final int MAX_LABEL_LENGTH = 64;
    private static final int HEIGHT = 20;
    private static final int PADDING = 7;

    /** On one line, because line breaks between elements are useless. */
    private static final String TEMPLATE =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" role=\"img\" aria-label=\"%3$s\">"
                    + "<title>%3$s</title>"
                    + "<clipPath id=\"r\"><rect width=\"%1$d\" height=\"%2$d\" rx=\"3\"/></clipPath>"
                    + "<g clip-path=\"url(#r)\"><rect width=\"%4$d\" height=\"%2$d\" fill=\"#3f454d\"/><rect x=\"%4$d\" width=\"%5$d\" height=\"%2$d\" fill=\"%6$s\"/></g>"
                    + "<g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\" aria-hidden=\"true\">"
                    + "%7$s"
                    + "%8$s"
                    + "</g>"
                    + "</svg>";

    static BadgeImage of(String label, ObservedState observedState) {
        return new BadgeImage(
                printable(label), StatusPresentation.of(observedState).word(), color(observedState));
    }

    private static String color(ObservedState observedState) {
        if (observedState.pending() != null) {
            return "#1a6fb0";
        }
        return switch (observedState.status()) {
            case Running -> "#1a7f37";
            case GenericFailure, CleanupFailed -> "#c6282d";
            case PartialAvailability, TagMismatch, ArchivePending -> "#8f5a00";
            case CreatePending, UpdatePending -> "#1a6fb0";
            case Archived -> "#626a73";
        };
    }

    /** Returns the label without characters that XML doesn’t allow. */
    private static String printable(String label) {
        StringBuilder kept = new StringBuilder();
        label.codePoints()
                .filter(c -> !Character.isISOControl(c)
                        && Character.getType(c) != Character.SURROGATE
                        && Character.getType(c) != Character.FORMAT
                        && (c & 0xFFFE) != 0xFFFE)
                .limit(MAX_LABEL_LENGTH)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    String toSvg() {
        int left = width(label);
        int right = width(word);
        String title = Util.xmlEscape(label + ": " + word).replace("\"", "&quot;");
        return TEMPLATE.formatted(
                left + right,
                HEIGHT,
                title,
                left,
                right,
                color,
                text(label, PADDING, left - 2 * PADDING),
                text(word, left + PADDING, right - 2 * PADDING));
    }

    /** Returns a text element that is stretched to the available width in any font. */
    private static String text(String text, int x, int width) {
        return "<text x=\"%d\" y=\"14\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">%s</text>"
                .formatted(x, width, Util.xmlEscape(text));
    }

    private static int width(String text) {
        double width = text.codePoints().mapToDouble(BadgeImage::width).sum();
        return (int) Math.ceil(width) + 2 * PADDING;
    }

    /** Returns the approximate width of a character in the template’s font and size. */
    private static double width(int c) {
        if ("iljI.,:;'|!".indexOf(c) >= 0) {
            return 4;
        }
        if ("frt()[]-/ ".indexOf(c) >= 0) {
            return 4.8;
        }
        if ("mwMW@%".indexOf(c) >= 0) {
            return 10.2;
        }
        return c > 0x2E80 ? 11 : Character.isUpperCase(c) ? 7.8 : 6.9;
    }
}
