package io.jenkins.plugins.octopod.staging.state;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingLink;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A staging’s link as {@code api/json} and {@code api/xml} show it. */
@ExportedBean(defaultVisibility = 4)
public final class ExportedLink {

    private final StagingLink link;

    @ModuleInternal
    public ExportedLink(StagingLink link) {
        this.link = link;
    }

    @Exported
    public String getName() {
        return link.name();
    }

    @Exported
    public String getUrl() {
        return link.url();
    }
}
