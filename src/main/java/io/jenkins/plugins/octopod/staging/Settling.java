package io.jenkins.plugins.octopod.staging;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Event;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.StatusTable;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.health.StagingProbe;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.staging.ActionExecution.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds out what status an action has left a staging in. */
final class Settling {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LAST_PAUSE_WITHOUT_SCRIPTS = Duration.ofMillis(500);
    private static final Duration NOTICED_AFTER = Duration.ofSeconds(2);

    private final StagingRun run;
    private final Staging staging;
    private final AgentConnection agent;
    private final List<String> arguments;
    private final StatusTable table;
    private final PrintStream notes;

    Settling(StagingRun run, AgentConnection agent, List<String> arguments, StatusTable table, PrintStream notes) {
        this.run = run;
        this.staging = run.getParent();
        this.agent = agent;
        this.arguments = arguments;
        this.table = table;
        this.notes = notes;
    }

    /** After a script that succeeded: asks until the staging is where it should be, or its time is up. */
    Outcome patiently(StagingAction action) throws InterruptedException, ScriptFailureException {
        return action == StagingAction.ARCHIVE ? archivedInTime() : runningInTime();
    }

    /** After a script that failed or was killed: asks once how the staging is now. */
    Outcome atOnce(StagingAction action, Result result, String sentence)
            throws InterruptedException, ScriptFailureException {
        Status failed = ActionExecution.afterFailure(run);
        Event seen = action == StagingAction.ARCHIVE
                ? new Event.ArchiveChecked(known(
                        ControlScript.ARCHIVE_CHECK,
                        Settling::isArchived,
                        () -> agent.callNow(scripts -> probe(scripts).isArchived())))
                : new Event.Checked(known(
                                ControlScript.CHECK,
                                Settling::answer,
                                () -> agent.callNow(scripts -> probe(scripts).check()))
                        .result());
        Status now = table.observed(failed, seen, Duration.ZERO).status();
        notes.println(Messages.Settling_now(staging.getName(), now));
        return new Outcome(now, result, sentence);
    }

    private Outcome runningInTime() throws InterruptedException, ScriptFailureException {
        Status pending = staging.getStatus();
        long start = System.nanoTime();
        String said = null;
        Duration longest = letItBeNoticed(ControlScript.CHECK);
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause, longest)) {
            StagingProbe.Answer answer = known(
                    ControlScript.CHECK,
                    Settling::answer,
                    () -> agent.call(scripts -> probe(scripts).check()));
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            Status now = table.observed(pending, new Event.Checked(answer.result()), waited)
                    .status();
            if (answer.result() == CheckResult.OK) {
                notes.println(Messages.Settling_now(staging.getName(), now));
                rememberLinks();
                return new Outcome(now, Result.SUCCESS, null);
            }
            if (now != pending) {
                String sentence = Messages.Settling_notRunning(
                        staging.getName(), table.timeout().toSeconds(), answer.sentence());
                notes.println(sentence);
                return new Outcome(now, Result.FAILURE, sentence);
            }
            if (!answer.sentence().equals(said)) {
                said = answer.sentence();
                notes.println(Messages.Settling_notYet(said));
            }
            Thread.sleep(pause.toMillis());
        }
    }

    private Outcome archivedInTime() throws InterruptedException, ScriptFailureException {
        long start = System.nanoTime();
        Duration longest = letItBeNoticed(ControlScript.ARCHIVE_CHECK);
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause, longest)) {
            boolean archived = known(
                    ControlScript.ARCHIVE_CHECK,
                    Settling::isArchived,
                    () -> agent.call(scripts -> probe(scripts).isArchived()));
            Status now = table.observed(Status.ArchivePending, new Event.ArchiveChecked(archived), Duration.ZERO)
                    .status();
            if (archived) {
                notes.println(Messages.Settling_now(staging.getName(), now));
                remember(List.of());
                return new Outcome(now, Result.SUCCESS, null);
            }
            if (System.nanoTime() - start > table.timeout().toNanos()) {
                String sentence = Messages.Settling_notArchived(
                        staging.getName(), table.timeout().toSeconds());
                notes.println(sentence);
                return new Outcome(now, Result.FAILURE, sentence);
            }
            Thread.sleep(pause.toMillis());
        }
    }

    /** A question to the scripts. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws InterruptedException, ScriptFailureException;
    }

    /** Asks the scripts, unless it is known without. */
    private <T> T known(ControlScript script, Function<Observation, T> reading, Question<T> question)
            throws InterruptedException, ScriptFailureException {
        Optional<Observation> known = StatusSource.ask(staging, script);
        return known.isPresent() ? reading.apply(known.get()) : question.ask();
    }

    /** That nobody can be asked is a no for now. */
    private static StagingProbe.Answer answer(Observation seen) {
        if (seen instanceof Observation.Checked checked) {
            return checked.answer();
        }
        String sentence = seen instanceof Observation.Unknown unknown ? unknown.sentence() : seen.toString();
        return new StagingProbe.Answer(CheckResult.GENERIC_FAILURE, sentence);
    }

    private static boolean isArchived(Observation seen) {
        return seen instanceof Observation.ArchiveChecked checked && checked.archived();
    }

    /**
     * What a script has done isn’t known to others at once: until then they would tell how it was before.
     *
     * @return the longest pause between two questions: those that no script is asked cost nothing
     */
    private Duration letItBeNoticed(ControlScript script) throws InterruptedException {
        if (StatusSource.ask(staging, script).isEmpty()) {
            return LAST_PAUSE;
        }
        Thread.sleep(NOTICED_AFTER.toMillis());
        return LAST_PAUSE_WITHOUT_SCRIPTS;
    }

    /** Links that can’t be had are a pity and no failure: the staging is running. */
    private void rememberLinks() throws InterruptedException {
        try {
            List<StagingLink> links = agent.call(scripts -> probe(scripts).links());
            links.forEach(link -> notes.println(Messages.Settling_link(link.name(), link.url())));
            remember(links);
        } catch (ScriptFailureException e) {
            notes.println(e.getMessage());
        }
    }

    private void remember(List<StagingLink> links) throws ScriptFailureException, InterruptedException {
        try {
            Room.await(run, notes, Instant.MAX, () -> staging.observe(record -> record.withLinks(links)));
        } catch (IOException e) {
            throw new ScriptFailureException(Messages.Settling_notStored(e.getMessage()));
        }
    }

    private StagingProbe probe(AgentScripts scripts) {
        return new StagingProbe(
                scripts, arguments, staging.getParent().getChecks().timeoutDuration());
    }

    private static Duration longer(Duration pause, Duration longest) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
