package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import io.jenkins.plugins.octopod.staging.request.StagingService;

/** Stagings are made by {@link StagingService} only: no “New Item”, copy or {@code config.xml} makes one. */
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
