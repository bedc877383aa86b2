package io.jenkins.plugins.octopod.dashboard.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.dashboard.page.OverrideDiff;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The change of one override as {@code api/json} and {@code api/xml} show it. */
@ExportedBean(defaultVisibility = 4)
public final class ExportedChange {

    private final String configuration;
    private final OverrideDiff change;

    /** @param configuration {@code deployment} or {@code application} */
    ExportedChange(String configuration, OverrideDiff change) {
        this.configuration = configuration;
        this.change = change;
    }

    /** Returns the configuration that the key belongs to: {@code deployment} or {@code application}. */
    @Exported
    public String getConfiguration() {
        return configuration;
    }

    @Exported
    public String getKey() {
        return change.key();
    }

    @Exported
    public OverrideDiff.Kind getKind() {
        return change.kind();
    }

    /** Returns the previous value; null if there was none. */
    @Exported
    @CheckForNull
    public String getFrom() {
        return change.from();
    }

    /** Returns the new value; null if there is none. */
    @Exported
    @CheckForNull
    public String getTo() {
        return change.to();
    }
}
