package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.pipeline.value.ProjectLookup;
import org.jenkinsci.plugins.workflow.steps.Step;

/** What every step says: which staging of which project it is about. */
public abstract class AbstractStagingStep extends Step {

    private final String project;
    private final String name;

    AbstractStagingStep(String project, String name) {
        this.project = Util.fixEmptyAndTrim(project);
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** A path, as {@link ProjectLookup} reads it. */
    @CheckForNull
    public String getProject() {
        return project;
    }

    /** A staging’s name, or what one is to be made from, such as a branch’s. */
    @CheckForNull
    public String getName() {
        return name;
    }
}
