package io.jenkins.plugins.octopod.dashboard.page;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.sharing.StagingMarkdown;
import java.util.List;

/** Markdown for a pull request: the badge and the links of a staging. */
final class PullRequestMarkdown {

    private PullRequestMarkdown() {}

    /** Returns the Markdown. The badge always shows the current status. */
    static String of(Staging staging) {
        String url = StagingMarkdown.address(staging.getAbsoluteUrl());
        String badge = "[![" + StagingMarkdown.text(staging.getName()) + "](" + url + "badge.svg)]("
                + StagingMarkdown.open(staging, null) + ")";
        List<String> links = StagingMarkdown.links(staging);
        return links.isEmpty() ? badge : badge + "\n" + String.join(" \u00b7 ", links);
    }
}
