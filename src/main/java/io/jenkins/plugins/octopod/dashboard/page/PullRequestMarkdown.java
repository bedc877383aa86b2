package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.model.OpenUrl;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.List;
import java.util.stream.Collectors;

/** Markdown for a pull request: the badge and the links of a staging. */
final class PullRequestMarkdown {

    private static final String SPECIAL = "\\`*_[]<>|~&";

    private PullRequestMarkdown() {}

    /**
     * Returns the Markdown. The badge always shows the current status. The links lead to {@link OpenUrl}, so that they
     * stay valid while the staging is archived.
     */
    static String of(Staging staging) {
        String url = address(staging.getAbsoluteUrl());
        String badge = "[![" + text(staging.getName()) + "](" + url + "badge.svg)](" + open(staging, null) + ")";
        List<StagingLink> links =
                staging.getLinks().stream().filter(StagingLink::isSafe).toList();
        return links.isEmpty()
                ? badge
                : badge + "\n"
                        + links.stream().map(link -> link(staging, link)).collect(Collectors.joining(" \u00b7 "));
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

    private static String open(Staging staging, @CheckForNull String link) {
        return address(AbsoluteUrl.of(OpenUrl.of(staging, link)));
    }

    /** Escapes text so that it contains no Markdown or HTML. */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                escaped.append(' ');
                return;
            }
            if (c < 128 && SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(c);
        });
        return escaped.toString();
    }

    /** Escapes the characters that would end the address. */
    static String address(String url) {
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
