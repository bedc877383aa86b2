package io.jenkins.plugins.octopod.dashboard.submission;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.dashboard.Refusal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Steps that somebody asked for together, and what has become of them. Safe for any thread. */
final class Submission {

    private static final Logger LOGGER = Logger.getLogger(Submission.class.getName());

    private final String id = UUID.randomUUID().toString();
    private final Authentication owner;
    private final List<Step> steps;
    private final AtomicReferenceArray<Outcome> outcomes;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;

    Submission(Authentication owner, List<Step> steps) {
        this.owner = owner;
        this.steps = List.copyOf(steps);
        this.outcomes =
                new AtomicReferenceArray<>(steps.stream().map(Outcome::waiting).toArray(Outcome[]::new));
        this.left = new AtomicInteger(steps.size());
    }

    /** Not to be guessed. */
    String id() {
        return id;
    }

    boolean isOf(Authentication somebody) {
        return owner.getName().equals(somebody.getName());
    }

    boolean isDone() {
        return left.get() == 0;
    }

    /** In the order in which they were asked for. */
    List<Outcome> outcomes() {
        List<Outcome> list = new ArrayList<>();
        for (int i = 0; i < outcomes.length(); i++) {
            list.add(outcomes.get(i));
        }
        return list;
    }

    /** Does the steps that nobody has taken yet, one after the other; several threads may share them. */
    void work() {
        try (ACLContext as = ACL.as2(owner)) {
            for (int i = next.getAndIncrement(); i < steps.size(); i = next.getAndIncrement()) {
                Step step = steps.get(i);
                outcomes.set(i, Outcome.running(step));
                outcomes.set(i, outcome(step));
                left.decrementAndGet();
            }
        }
    }

    /** Whatever goes wrong with one step, the others are done, and the page is told. */
    private static Outcome outcome(Step step) {
        try {
            return Outcome.accepted(step, step.work().run());
        } catch (RefusalException e) {
            return Outcome.refused(step, Refusal.of(e));
        } catch (AccessDeniedException e) {
            return Outcome.refused(step, Refusal.notPermitted(e.getMessage()));
        } catch (InterruptedException e) {
            // Only a Jenkins that stops interrupts these threads; what is left is refused in the same way.
            Thread.currentThread().interrupt();
            return Outcome.refused(step, Refusal.unavailable(Messages.Submission_stopping()));
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "What was asked of " + step.subject() + " broke off");
            return Outcome.refused(step, Refusal.broken(Messages.Submission_broken(e)));
        }
    }
}
