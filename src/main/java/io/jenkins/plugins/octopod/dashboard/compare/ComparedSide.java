package io.jenkins.plugins.octopod.dashboard.compare;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.model.NoteSummary;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.dashboard.page.TimelineEntry;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.CachedDefaults;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import java.util.List;

/** One side of a comparison: a staging, or the defaults of its project. Reads no file and waits for no script. */
public final class ComparedSide {

    private static final int MAX_ACTIONS = 3;

    private final StagingSummary summary;

    /** Whether this side is the defaults, without the overrides of the staging. */
    private final boolean defaultsOnly;

    /** Null if the viewer isn’t allowed to see default values. */
    @CheckForNull
    private final CachedDefaults defaults;

    private ComparedSide(Staging staging, boolean defaultsOnly) {
        this.summary = new StagingSummary(staging);
        this.defaultsOnly = defaultsOnly;
        // Default values are script output: only a viewer who can read the logs sees them, and runs the scripts.
        this.defaults =
                summary.isLogReadable() ? DefaultsService.get().ask(staging.getParent(), deploymentOverrides()) : null;
    }

    static ComparedSide of(Staging staging) {
        return new ComparedSide(staging, false);
    }

    /** Returns the defaults of a staging’s project, as far as the viewer of the staging can see them. */
    static ComparedSide defaultsFor(Staging staging) {
        return new ComparedSide(staging, true);
    }

    /** Returns the staging; null for the defaults. */
    @CheckForNull
    public StagingSummary getSummary() {
        return defaultsOnly ? null : summary;
    }

    /** Returns the note of the staging; null if there is none. */
    @CheckForNull
    public NoteSummary getNote() {
        return NoteSummary.of(summary.getStaging().note());
    }

    /** Returns the value of the project’s tag key: an override if there is one, as in the table of stagings. */
    public ComparedValue getTag() {
        String key = summary.getStaging().getParent().getTagKey();
        ComparedValue ofDeployment = deployment().value(key);
        ComparedValue ofApplication = application().value(key);
        boolean first = ofDeployment.isOverride()
                || (!ofApplication.isOverride() && ofDeployment.kind() != ComparedValue.Kind.NONE);
        return first ? ofDeployment : ofApplication;
    }

    /** Returns the newest actions that are in the staging’s status history, newest first. */
    public List<TimelineEntry> getActions() {
        return TimelineEntry.ofActions(summary.getStaging(), MAX_ACTIONS);
    }

    boolean isReadable() {
        return defaults != null;
    }

    /** Returns what prevents the viewer from seeing current default values on this side; null if nothing does. */
    @CheckForNull
    public String getProblem() {
        if (defaults == null) {
            return Messages.ComparedSide_notReadable(summary.getName());
        }
        String problem = problem(defaults.deployment());
        return problem == null ? problem(defaults.application()) : problem;
    }

    @CheckForNull
    private static String problem(CachedValue<Configuration> value) {
        if (value instanceof CachedValue.Loading) {
            return Messages.ComparedSide_loading();
        }
        String problem = value.problem();
        if (problem == null) {
            return null;
        }
        return value.known().isPresent()
                ? Messages.ComparedSide_outdated(problem)
                : Messages.ComparedSide_unknown(problem);
    }

    ComparedValues deployment() {
        return ComparedValues.of(deploymentOverrides(), defaults == null ? null : known(defaults.deployment()));
    }

    ComparedValues application() {
        Overrides overrides =
                defaultsOnly ? Overrides.NONE : summary.getStaging().getApplicationOverrides();
        return ComparedValues.of(overrides, defaults == null ? null : known(defaults.application()));
    }

    ComparedValues links() {
        return ComparedValues.of(summary.getLinks());
    }

    private Overrides deploymentOverrides() {
        return defaultsOnly ? Overrides.NONE : summary.getStaging().getDeploymentOverrides();
    }

    @CheckForNull
    private static Configuration known(CachedValue<Configuration> value) {
        return value.known().orElse(null);
    }
}
