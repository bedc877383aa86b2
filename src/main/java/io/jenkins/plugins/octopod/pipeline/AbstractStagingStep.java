package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.pipeline.value.ProjectLookup;
import org.jenkinsci.plugins.workflow.steps.Step;

/** Base class of all steps, with the project and the staging that a step is about. */
public abstract class AbstractStagingStep extends Step {

    private final String project;
    private final String name;

    AbstractStagingStep(String project, String name) {
        this.project = Util.fixEmptyAndTrim(project);
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** Returns the path of the project, see {@link ProjectLookup}. */
    @CheckForNull
    public String getProject() {
        return project;
    }

    /** Returns the name of the staging, or a name to derive it from, such as a branch’s. */
    @CheckForNull
    public String getName() {
        return name;
    }
}
