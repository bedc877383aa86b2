package io.jenkins.plugins.octopod.staging.sharing;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.List;
import java.util.regex.Pattern;

/** Markdown of a staging’s links. The links lead to {@link OpenUrl}, so they stay valid while the staging is archived. */
public final class StagingMarkdown {

    private static final String SPECIAL = "\\`*_[]<>|~&";

    /** Matches the beginning of a heading, a rule, or an item of a list. */
    private static final Pattern BLOCK = Pattern.compile("^(\\d+(?=[.)](?: |$))|(?=[-#+]))");

    private StagingMarkdown() {}

    /** Returns each link that a browser may follow, in Markdown. */
    public static List<String> links(Staging staging) {
        return staging.getLinks().stream()
                .filter(StagingLink::isSafe)
                .map(link -> link(staging, link))
                .toList();
    }

    private static String link(Staging staging, StagingLink link) {
        boolean named = !link.name().isBlank();
        // A name leads to the first link that has it.
        boolean first = named
                && staging.getLinks().stream()
                        .filter(each -> each.isSafe() && each.name().equals(link.name()))
                        .findFirst()
                        .filter(link::equals)
                        .isPresent();
        return "[" + text(named ? link.name() : link.url()) + "]("
                + (first ? open(staging, link.name()) : address(link.url())) + ")";
    }

    /**
     * Returns the address that leads to a link, escaped for Markdown.
     *
     * @param link name of the link; null for the first link
     */
    public static String open(Staging staging, @CheckForNull String link) {
        return address(AbsoluteUrl.of(OpenUrl.of(staging, link)));
    }

    /** Escapes a line of text so that it contains no Markdown or HTML. Spaces around it are dropped. */
    public static String text(String text) {
        StringBuilder escaped = new StringBuilder();
        // Spaces at the beginning would make it a block of code.
        text.strip().codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                escaped.append(' ');
                return;
            }
            if (c < 128 && SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(c);
        });
        return BLOCK.matcher(escaped).replaceFirst("$1\\\\");
    }

    /** Escapes the characters that would end the address. */
    public static String address(String url) {
        StringBuilder escaped = new StringBuilder();
        url.codePoints().forEach(c -> {
            if (c <= ' ' || "()<>\\\"`|".indexOf(c) >= 0) {
                escaped.append(String.format("%%%02X", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
