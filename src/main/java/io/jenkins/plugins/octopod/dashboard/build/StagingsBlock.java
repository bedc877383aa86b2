package io.jenkins.plugins.octopod.dashboard.build;

import hudson.model.InvisibleAction;
import io.jenkins.plugins.octopod.dashboard.page.ConditionalFragment;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/**
 * Part of a build’s or job’s page that shows stagings. It exists only for users to whom it has something to say, and
 * responds to the script that keeps the part current.
 */
@ExportedBean
public abstract class StagingsBlock extends InvisibleAction {

    private static final String URL = "octopod-stagings";

    private final String ownerUrl;

    /** @param ownerUrl URL of the build or job relative to Jenkins’ root */
    StagingsBlock(String ownerUrl) {
        this.ownerUrl = ownerUrl;
    }

    /** Returns the stagings that the current user may see. */
    public abstract List<? extends StagingEntry> getEntries();

    /** Returns the number of stagings that the block only counts. */
    public abstract int getUnlisted();

    /** Returns the URL of the block relative to Jenkins’ root. */
    public String getUrl() {
        return ownerUrl + URL + '/';
    }

    /** Returns the content of the block. */
    @GET
    public HttpResponse doIndex() {
        int fingerprint = Objects.hash(
                getEntries().stream().map(StagingEntry::fingerprint).toList(), getUnlisted());
        return new ConditionalFragment('"' + Integer.toHexString(fingerprint) + '"', this, "content.jelly");
    }

    /** Returns the statuses of all stagings for screen readers. */
    public String getAnnouncement() {
        return getEntries().stream().map(StagingEntry::getAnnouncement).collect(Collectors.joining(" "));
    }

    @Override
    public final String getUrlName() {
        return URL;
    }
}
