package io.jenkins.plugins.octopod.dashboard.background;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.Objects;

/**
 * One of several tasks that a user requested together.
 *
 * @param subject what the task is about, such as a staging’s full name; the page identifies the task by it
 * @param work body of the task
 */
public record BackgroundTask(String subject, TaskBody work) {

    /** Runs on a background thread, with the authentication of the user who requested it. It is allowed to block. */
    @FunctionalInterface
    public interface TaskBody {

        /**
         * Runs the task.
         *
         * @return URL of the outcome, relative to Jenkins’ root, such as {@code job/demo/job/a/}; null if there is none
         * @throws RefusalException if the request is refused
         * @throws org.springframework.security.access.AccessDeniedException if the user lacks a permission
         */
        @CheckForNull
        String run() throws RefusalException, InterruptedException;
    }

    public BackgroundTask {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(work);
    }
}
