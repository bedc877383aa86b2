package io.jenkins.plugins.octopod.staging.run;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Event;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.StatusMachine;
import io.jenkins.plugins.octopod.engine.time.Backoff;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.health.StagingProbe;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.staging.RunOutcome;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.checks.StatusSource;
import io.jenkins.plugins.octopod.staging.support.StorageRetry;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Determines the status of a staging after an action. */
final class StatusVerifier {

    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final Backoff BACKOFF_WITHOUT_SCRIPTS =
            Backoff.doubling(Duration.ofMillis(100), Duration.ofMillis(500));
    private static final Duration OBSERVATION_DELAY = Duration.ofSeconds(2);

    private final StagingRun run;
    private final Staging staging;
    private final AgentSession agentSession;
    private final List<String> arguments;
    private final StatusMachine statusMachine;
    private final PrintStream notes;

    StatusVerifier(
            StagingRun run,
            AgentSession agentSession,
            List<String> arguments,
            StatusMachine statusMachine,
            PrintStream notes) {
        this.run = run;
        this.staging = run.getParent();
        this.agentSession = agentSession;
        this.arguments = arguments;
        this.statusMachine = statusMachine;
        this.notes = notes;
    }

    /** Checks the status after a script that succeeded, until it is the expected one or the time limit is reached. */
    RunOutcome awaitExpectedStatus(StagingAction action) throws InterruptedException, ScriptFailureException {
        return action == StagingAction.ARCHIVE ? awaitArchived() : awaitRunning();
    }

    /** Checks the status once after a script that failed or was killed. */
    RunOutcome checkOnce(StagingAction action, Result result, String sentence)
            throws InterruptedException, ScriptFailureException {
        Status failed = ActionExecution.afterFailure(run);
        Event seen = action == StagingAction.ARCHIVE
                ? new Event.ArchiveChecked(statusSourceOrAsk(
                        ControlScript.ARCHIVE_CHECK,
                        StatusVerifier::isArchived,
                        () -> agentSession.callWithoutRetry(
                                scripts -> probe(scripts).isArchived())))
                : new Event.Checked(statusSourceOrAsk(
                                ControlScript.CHECK,
                                StatusVerifier::answer,
                                () -> agentSession.callWithoutRetry(
                                        scripts -> probe(scripts).check()))
                        .result());
        Status now = statusMachine.observed(failed, seen, Duration.ZERO).status();
        notes.println(Messages.StatusVerifier_now(staging.getName(), now));
        return new RunOutcome(now, result, sentence);
    }

    private RunOutcome awaitRunning() throws InterruptedException, ScriptFailureException {
        Status pending = staging.getStatus();
        long start = System.nanoTime();
        String said = null;
        Backoff backoff = awaitFirstObservation(ControlScript.CHECK);
        for (Duration pause = backoff.min(); ; pause = backoff.next(pause)) {
            StagingProbe.ProbeResult probeResult = statusSourceOrAsk(
                    ControlScript.CHECK,
                    StatusVerifier::answer,
                    () -> agentSession.call(scripts -> probe(scripts).check()));
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            Status now = statusMachine
                    .observed(pending, new Event.Checked(probeResult.result()), waited)
                    .status();
            if (probeResult.result() == CheckResult.OK) {
                notes.println(Messages.StatusVerifier_now(staging.getName(), now));
                rememberLinks();
                return new RunOutcome(now, Result.SUCCESS, null);
            }
            if (now != pending) {
                String sentence = Messages.StatusVerifier_notRunning(
                        staging.getName(), statusMachine.timeout().toSeconds(), probeResult.sentence());
                notes.println(sentence);
                return new RunOutcome(now, Result.FAILURE, sentence);
            }
            if (!probeResult.sentence().equals(said)) {
                said = probeResult.sentence();
                notes.println(Messages.StatusVerifier_notYet(said));
            }
            Thread.sleep(pause.toMillis());
        }
    }

    private RunOutcome awaitArchived() throws InterruptedException, ScriptFailureException {
        long start = System.nanoTime();
        Backoff backoff = awaitFirstObservation(ControlScript.ARCHIVE_CHECK);
        for (Duration pause = backoff.min(); ; pause = backoff.next(pause)) {
            boolean archived = statusSourceOrAsk(
                    ControlScript.ARCHIVE_CHECK,
                    StatusVerifier::isArchived,
                    () -> agentSession.call(scripts -> probe(scripts).isArchived()));
            Status now = statusMachine
                    .observed(Status.ArchivePending, new Event.ArchiveChecked(archived), Duration.ZERO)
                    .status();
            if (archived) {
                notes.println(Messages.StatusVerifier_now(staging.getName(), now));
                remember(List.of());
                return new RunOutcome(now, Result.SUCCESS, null);
            }
            if (System.nanoTime() - start > statusMachine.timeout().toNanos()) {
                String sentence = Messages.StatusVerifier_notArchived(
                        staging.getName(), statusMachine.timeout().toSeconds());
                notes.println(sentence);
                return new RunOutcome(now, Result.FAILURE, sentence);
            }
            Thread.sleep(pause.toMillis());
        }
    }

    /** Query that runs a control script. */
    @FunctionalInterface
    private interface StatusQuery<T> {
        T ask() throws InterruptedException, ScriptFailureException;
    }

    /** Runs the script unless a {@link StatusSource} provides the result without it. */
    private <T> T statusSourceOrAsk(ControlScript script, Function<Observation, T> reading, StatusQuery<T> statusQuery)
            throws InterruptedException, ScriptFailureException {
        Optional<Observation> known = StatusSource.ask(staging, script);
        return known.isPresent() ? reading.apply(known.get()) : statusQuery.ask();
    }

    /** Converts an observation to a result; an unknown status counts as a failure. */
    private static StagingProbe.ProbeResult answer(Observation seen) {
        if (seen instanceof Observation.Checked checked) {
            return checked.probeResult();
        }
        String sentence = seen instanceof Observation.Unknown unknown ? unknown.sentence() : seen.toString();
        return new StagingProbe.ProbeResult(CheckResult.GENERIC_FAILURE, sentence);
    }

    private static boolean isArchived(Observation seen) {
        return seen instanceof Observation.ArchiveChecked checked && checked.archived();
    }

    /**
     * Waits if a {@link StatusSource} provides the status. It sees a script’s changes with a delay and would report the
     * old state until then.
     *
     * @return the pauses between two queries, which grow less if queries run no script
     */
    private Backoff awaitFirstObservation(ControlScript script) throws InterruptedException {
        if (StatusSource.ask(staging, script).isEmpty()) {
            return BACKOFF;
        }
        Thread.sleep(OBSERVATION_DELAY.toMillis());
        return BACKOFF_WITHOUT_SCRIPTS;
    }

    /** Stores the links. A failure to read them is only logged, because the staging is running. */
    private void rememberLinks() throws InterruptedException {
        try {
            List<StagingLink> links =
                    agentSession.call(scripts -> probe(scripts).links());
            links.forEach(link -> notes.println(Messages.StatusVerifier_link(link.name(), link.url())));
            remember(links);
        } catch (ScriptFailureException e) {
            notes.println(e.restrictedMessage().detail());
        }
    }

    private void remember(List<StagingLink> links) throws ScriptFailureException, InterruptedException {
        try {
            StorageRetry.await(
                    run,
                    notes,
                    Instant.MAX,
                    () -> staging.updateObservedState(observedState -> observedState.withLinks(links)));
        } catch (IOException e) {
            throw new ScriptFailureException(Messages.StatusVerifier_notStored(e.getMessage()));
        }
    }

    private StagingProbe probe(AgentScripts scripts) {
        return new StagingProbe(
                scripts, arguments, staging.getParent().getChecks().timeoutDuration());
    }
}
