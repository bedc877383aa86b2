package io.jenkins.plugins.octopod.dashboard.submission;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.octopod.dashboard.JsonHttp;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;

/** Where pages ask what has become of a submission; shown nowhere. */
@Extension
@Restricted(NoExternalUse.class)
public final class BackgroundTasksAction implements RootAction {

    static final String URL = "octopod-submissions";

    /** What one submission’s address answers with. */
    public static final class Ticket {

        private final TaskBatch submission;

        Ticket(TaskBatch taskBatch) {
            this.submission = taskBatch;
        }

        /** {@code {done, steps: [{subject, state, url, refusal}]}}. */
        public HttpResponse doIndex() {
            // Asked in this order: else it could be done, with a step that wasn’t.
            boolean done = submission.isDone();
            return JsonHttp.ok(new Answer(done, submission.outcomes()));
        }
    }

    private record Answer(boolean done, List<TaskOutcome> steps) {}

    /** Null, so not found, for anybody but the one who asked. */
    @CheckForNull
    public Ticket getDynamic(String id) {
        return BackgroundTasks.get().find(id).map(Ticket::new).orElse(null);
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
