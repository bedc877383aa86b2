package io.jenkins.plugins.octopod.pipeline.pullrequest;

import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksOutput;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import jenkins.model.Jenkins;

/** Implementation of the plugin’s publisher that remembers what is published, in order. */
public abstract class RecordedChecks extends ChecksPublisherFactory {

    private final List<Recorded> all = new CopyOnWriteArrayList<>();

    /** Which checks the platform doesn’t take at the moment. */
    volatile Predicate<ChecksDetails> refused = details -> false;

    /** Only checks of this build are refused; null for those of any. */
    volatile String refusedBuild;

    /** How often the platform has refused one. */
    volatile int refusals;

    /** A check as it was published. */
    record Recorded(String build, ChecksDetails details, String thread, boolean system) {

        String state() {
            return details.getStatus() == ChecksStatus.COMPLETED
                    ? details.getConclusion().name()
                    : details.getStatus().name();
        }

        String title() {
            return output().getTitle().orElseThrow();
        }

        String summary() {
            return output().getSummary().orElseThrow();
        }

        String text() {
            return output().getText().orElse("");
        }

        String url() {
            return details.getDetailsURL().orElseThrow();
        }

        private ChecksOutput output() {
            return details.getOutput().orElseThrow();
        }
    }

    @Override
    protected Optional<ChecksPublisher> createPublisher(Run<?, ?> run, TaskListener listener) {
        return Optional.of(new ChecksPublisher() {
            @Override
            public void publish(ChecksDetails details) {
                boolean refusable = refusedBuild == null || refusedBuild.equals(run.getExternalizableId());
                if (refusable && refused.test(details)) {
                    refusals++;
                    throw new IllegalStateException("the platform doesn’t answer");
                }
                all.add(new Recorded(
                        run.getExternalizableId(),
                        details,
                        Thread.currentThread().getName(),
                        Jenkins.getAuthentication2().equals(ACL.SYSTEM2)));
            }
        });
    }

    /** The platform takes all checks from now on. */
    void answerAgain() {
        refused = details -> false;
        refusedBuild = null;
        refusals = 0;
    }

    /** The states of a check, without those that Jenkins may leave out because they were too short. */
    List<String> states(String name) {
        return of(name).stream().map(Recorded::state).toList();
    }

    List<Recorded> of(String name) {
        return all.stream()
                .filter(check -> check.details().getName().orElseThrow().equals(name))
                .toList();
    }

    /** Waits until the last that was published of the check is that. */
    Recorded await(String name, Object state) throws Exception {
        return TestProject.await(name + " to be " + state + ", not " + states(name), () -> {
            List<Recorded> published = of(name);
            Recorded last = published.isEmpty() ? null : published.get(published.size() - 1);
            return last != null && last.state().equals(state.toString()) ? last : null;
        });
    }

    static boolean isCompleted(ChecksDetails details) {
        return details.getConclusion() != ChecksConclusion.NONE;
    }
}
