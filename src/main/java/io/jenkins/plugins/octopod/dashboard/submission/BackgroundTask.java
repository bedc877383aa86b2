package io.jenkins.plugins.octopod.dashboard.submission;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.Objects;

/**
 * One thing to be done of those that were asked for together.
 *
 * @param subject what it is about, by which the page knows it again: a staging’s full name, for one
 * @param work what is done
 */
public record BackgroundTask(String subject, TaskBody work) {

    /** Runs on a background thread, with the authentication of the one who asked; may block. */
    @FunctionalInterface
    public interface TaskBody {

        /**
         * Does it.
         *
         * @return where the outcome can be looked at, from the root of Jenkins, as {@code job/demo/job/a/}; null for nowhere
         * @throws RefusalException if it isn’t done
         * @throws org.springframework.security.access.AccessDeniedException if whoever asked may not
         */
        @CheckForNull
        String run() throws RefusalException, InterruptedException;
    }

    public BackgroundTask {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(work);
    }
}
