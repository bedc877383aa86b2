package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One override as {@code api/json} and {@code api/xml} show it. */
@ExportedBean(defaultVisibility = 2)
public final class ExportedOverride {

    private final String key;

    @CheckForNull
    private final String value;

    private ExportedOverride(String key, @CheckForNull String value) {
        this.key = key;
        this.value = value;
    }

    @ModuleInternal
    public static List<ExportedOverride> listOf(Overrides overrides) {
        return overrides.toList(ExportedOverride::new);
    }

    @Exported
    public String getKey() {
        return key;
    }

    /** Returns the value; null for a key that is removed. */
    @Exported
    @CheckForNull
    public String getValue() {
        return value;
    }
}
