package io.jenkins.plugins.octopod.dashboard.background;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.InvisibleAction;
import hudson.model.RootAction;
import io.jenkins.plugins.octopod.dashboard.web.JsonHttp;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;

/** Reports the outcomes of background tasks to pages. It isn’t shown anywhere. */
@Extension
@Restricted(NoExternalUse.class)
public final class BackgroundTasksAction extends InvisibleAction implements RootAction {

    static final String URL = "octopod-submissions";

    /** Resource that reports the outcomes of one batch. */
    public static final class Ticket {

        private final TaskBatch taskBatch;

        Ticket(TaskBatch taskBatch) {
            this.taskBatch = taskBatch;
        }

        /** Returns {@code {done, steps: [{subject, state, url, refusal}]}}. */
        public HttpResponse doIndex() {
            // In this order: otherwise the batch could be reported as done with the outcome of an unfinished task.
            boolean done = taskBatch.isDone();
            return JsonHttp.ok(new TicketStatus(done, taskBatch.outcomes()));
        }
    }

    private record TicketStatus(boolean done, List<TaskOutcome> steps) {}

    /** Returns the resource of a batch; null, so not found, for other users than its owner. */
    @CheckForNull
    public Ticket getDynamic(String id) {
        return BackgroundTasks.get().find(id).map(Ticket::new).orElse(null);
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
