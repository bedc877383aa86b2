package io.jenkins.plugins.octopod.dashboard.compare;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.dashboard.web.UnlistedPage;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Page that compares a staging with a different staging of its project, or with the defaults. The parameter {@code with}
 * names the other staging; without it, the page compares with the defaults.
 */
@Restricted(NoExternalUse.class)
public class CompareAction extends UnlistedPage {

    private final Staging staging;

    CompareAction(Staging staging) {
        super(Messages._CompareAction_displayName(), "compare");
        this.staging = staging;
    }

    public Staging getStaging() {
        return staging;
    }

    /** Returns the names of the other stagings that the user can see, without archived ones, in alphabetical order. */
    public List<String> getOthers() {
        return names(false);
    }

    /** Returns the names of the archived other stagings that the user can see, in alphabetical order. */
    public List<String> getArchivedOthers() {
        return names(true);
    }

    private List<String> names(boolean archived) {
        return others().filter(other -> other.observedState().status().isArchived() == archived)
                .map(Staging::getName)
                .sorted()
                .toList();
    }

    private Stream<Staging> others() {
        return staging.getParent().visibleChildren(Staging.class).filter(other -> other != staging);
    }

    /**
     * Returns the comparison.
     *
     * @param other name of the other staging; null or empty for the defaults
     * @return the comparison; null if there is no such staging, or the user can’t see it
     */
    @CheckForNull
    public Comparison compareWith(@CheckForNull String other) {
        ComparedSide left = ComparedSide.of(staging);
        if (other == null || other.isEmpty()) {
            return new Comparison(left, ComparedSide.defaultsFor(staging));
        }
        return others().filter(each -> each.getName().equals(other))
                .findFirst()
                .map(found -> new Comparison(left, ComparedSide.of(found)))
                .orElse(null);
    }

    /** Adds the action to every staging. */
    @Extension
    public static class Factory extends SingleActionFactory<Staging> {

        public Factory() {
            super(Staging.class, CompareAction.class, CompareAction::new);
        }
    }
}
