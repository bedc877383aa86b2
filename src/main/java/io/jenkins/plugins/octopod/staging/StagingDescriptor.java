package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import io.jenkins.plugins.octopod.staging.request.StagingService;

/**
 * Descriptor of stagings. They are created only through {@link StagingService} or an import, not by “New Item”, by
 * copying or from a {@code config.xml}.
 */
@Extension
public final class StagingDescriptor extends TopLevelItemDescriptor {

    public StagingDescriptor() {
        super(Staging.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.Staging_displayName();
    }

    @Override
    public boolean isApplicableIn(ItemGroup parent) {
        return false;
    }

    @Override
    public TopLevelItem newInstance(ItemGroup parent, String name) {
        throw new UnsupportedOperationException("stagings are created through the façade");
    }
}
