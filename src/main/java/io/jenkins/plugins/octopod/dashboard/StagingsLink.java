package io.jenkins.plugins.octopod.dashboard;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.TransientViewActionFactory;
import hudson.model.View;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * Link “Stagings” in the side panel of Jenkins’ own views, where users look for it. The root action appears in the
 * header only.
 */
public final class StagingsLink implements Action {

    private final StagingsRootAction target;

    private StagingsLink(StagingsRootAction target) {
        this.target = target;
    }

    @Override
    public String getIconFileName() {
        return target.getIconFileName();
    }

    @Override
    public String getDisplayName() {
        return target.getDisplayName();
    }

    @Override
    public String getUrlName() {
        return '/' + StagingsRootAction.URL;
    }

    /** Adds the link to the views of Jenkins. */
    @Extension
    public static final class Factory extends TransientViewActionFactory {
        @Override
        public List<Action> createFor(View view) {
            return view.getOwner() == Jenkins.get()
                    ? List.of(new StagingsLink(ExtensionList.lookupSingleton(StagingsRootAction.class)))
                    : List.of();
        }
    }
}
