package io.jenkins.plugins.octopod.staging.checks;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.springframework.security.core.Authentication;

/**
 * Occupies an executor of an agent with the project’s label, so that a cloud starts an agent and doesn’t remove it
 * while the project has something to check. It isn’t stored and leaves no run. Tasks of the same project are equal, so
 * the queue takes only one.
 */
final class CheckAgentTask implements Queue.TransientTask, ProjectAgents.KeepingTask, AccessControlled {

    private static final long POLL_SECONDS = 1;

    private final OctopodProject project;

    /** Authentication of a run of the project, so that this task gets no agent that a run would not get. */
    private final Authentication authentication;

    /** Creates a task. The caller must not hold a lock, because this calls other plugins. */
    CheckAgentTask(OctopodProject project) {
        this.project = project;
        authentication = ProjectAgents.runItems(project).get(0).authentication();
    }

    @NonNull
    @Override
    public OctopodProject project() {
        return project;
    }

    @Override
    public Label getAssignedLabel() {
        return project.assignedLabel();
    }

    @Override
    public String getName() {
        return getDisplayName();
    }

    @Override
    public String getDisplayName() {
        return Messages.CheckAgentTask_displayName(project.getDisplayName());
    }

    @Override
    public String getFullDisplayName() {
        return Messages.CheckAgentTask_displayName(project.getFullDisplayName());
    }

    @Override
    public String getUrl() {
        return project.getUrl();
    }

    @NonNull
    @Override
    public ACL getACL() {
        return project.getACL();
    }

    @Override
    public void checkAbortPermission() {
        checkPermission(Item.CANCEL);
    }

    @Override
    public boolean hasAbortPermission() {
        return hasPermission(Item.CANCEL);
    }

    @NonNull
    @Override
    public Authentication getDefaultAuthentication2() {
        return authentication;
    }

    @NonNull
    @Override
    public Queue.Executable createExecutable() throws IOException {
        return new Execution(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CheckAgentTask that && that.project == project;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(project);
    }

    /** Occupies the executor until the agent isn’t needed any more, or is gone. */
    private record Execution(CheckAgentTask task) implements Queue.Executable {

        @NonNull
        @Override
        public Queue.Task getParent() {
            return task;
        }

        @Override
        public void run() {
            CheckAgentKeeper keeper = CheckAgentKeeper.get();
            try {
                for (boolean told = false; keeper.isNeeded(task.project); told = true) {
                    // Not at once, because the executor doesn’t have this task yet when it begins.
                    TimeUnit.SECONDS.sleep(POLL_SECONDS);
                    if (!told) {
                        ProjectAgents.kept(task.project);
                    }
                }
            } catch (InterruptedException e) {
                // The task was aborted, the agent was lost, or Jenkins is stopping. The executor ends with this.
                return;
            }
        }

        @Override
        public String toString() {
            return task.getDisplayName();
        }
    }
}
