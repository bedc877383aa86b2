package io.jenkins.plugins.octopod.dashboard.open;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.sharing.OpenUrl;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;

/**
 * View model of the page that leads to a link of a staging, at one moment. Reads no file, except for a busy staging’s
 * newest run.
 */
public final class OpenPage extends StagingSummary {

    /** Name of the wanted link; null for the first link. */
    @CheckForNull
    private final String linkName;

    /** Wanted link; null if the staging doesn’t have it now. */
    @CheckForNull
    private final StagingLink link;

    private final OpenState state;

    OpenPage(Staging staging, @CheckForNull String linkName) {
        super(staging);
        this.linkName = linkName;
        this.link = getSafeLinks().stream()
                .filter(each -> linkName == null || each.name().equals(linkName))
                .findFirst()
                .orElse(null);
        PendingAction pending = observedState().pending();
        this.state = OpenState.of(observedState().status(), pending == null ? null : pending.action());
    }

    /** Returns the name of an {@link OpenState}. */
    public String getState() {
        return state.name();
    }

    @CheckForNull
    public String getLinkName() {
        return linkName;
    }

    /** Returns the URL of this page, relative to Jenkins’ root. */
    public String getUrl() {
        return OpenUrl.of(getStaging(), linkName);
    }

    /** Returns the URL of the page’s content, relative to Jenkins’ root. */
    public String getContentUrl() {
        return OpenUrl.withParameter(getUrl(), "content");
    }

    /** Returns the address to go on to; null if the link can’t be opened now. */
    @CheckForNull
    public String getLocation() {
        return state == OpenState.RUNNING && link != null
                ? URI.create(link.url()).toASCIIString()
                : null;
    }

    /** Returns whether the staging runs without having the link with the wanted name. */
    boolean isLinkUnknown() {
        return state == OpenState.RUNNING && link == null && !getSafeLinks().isEmpty();
    }

    /** Returns whether the staging had links before, but none with the wanted name, and doesn’t run now. */
    public boolean isOtherLinksKnown() {
        return state != OpenState.RUNNING && link == null && !getSafeLinks().isEmpty();
    }

    @CheckForNull
    public StagingLink getLink() {
        return link;
    }

    /** Returns the links that a browser may follow. */
    public List<StagingLink> getSafeLinks() {
        return getLinks().stream().filter(StagingLink::isSafe).toList();
    }

    /** Returns whether the current user has the permission to restore the staging. */
    public boolean isRestorePermitted() {
        return getStaging().hasPermission(Item.BUILD);
    }

    /** Returns the display name of the user whom to ask for the restoration; null if none is known. */
    @CheckForNull
    public String getContact() {
        User contact = RestoreContact.find(getStaging());
        return contact == null ? null : contact.getDisplayName();
    }

    public boolean isAsleep() {
        return getStaging().isAsleep();
    }

    /** Returns a hash of the content that changes without a change event of the staging. */
    int fingerprint() {
        return Objects.hash(
                Jenkins.getAuthentication2().getName(),
                getWaitingFor(),
                isRestorePermitted(),
                getContact(),
                isAsleep());
    }
}
