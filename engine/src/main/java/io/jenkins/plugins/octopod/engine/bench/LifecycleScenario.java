package io.jenkins.plugins.octopod.engine.bench;

import static io.jenkins.plugins.octopod.engine.ControlScript.APPLICATION_CONFIG;
import static io.jenkins.plugins.octopod.engine.ControlScript.APPLICATION_CONFIG_KEYS;
import static io.jenkins.plugins.octopod.engine.ControlScript.ARCHIVE;
import static io.jenkins.plugins.octopod.engine.ControlScript.ARCHIVE_CHECK;
import static io.jenkins.plugins.octopod.engine.ControlScript.CHECK;
import static io.jenkins.plugins.octopod.engine.ControlScript.CLEANUP;
import static io.jenkins.plugins.octopod.engine.ControlScript.CONFIG_CHECK;
import static io.jenkins.plugins.octopod.engine.ControlScript.CREATE;
import static io.jenkins.plugins.octopod.engine.ControlScript.DEPLOYMENT_CONFIG;
import static io.jenkins.plugins.octopod.engine.ControlScript.DEPLOYMENT_CONFIG_KEYS;
import static io.jenkins.plugins.octopod.engine.ControlScript.INFO;
import static io.jenkins.plugins.octopod.engine.ControlScript.INIT;
import static io.jenkins.plugins.octopod.engine.ControlScript.NOTIFICATIONS;
import static io.jenkins.plugins.octopod.engine.ControlScript.TAGS;
import static io.jenkins.plugins.octopod.engine.ControlScript.UNARCHIVE;
import static io.jenkins.plugins.octopod.engine.ControlScript.UPDATE;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.UnreadableOutputException;
import java.util.List;
import java.util.Optional;

/**
 * Scenario that the bench runs: the whole life cycle of a staging, with the scripts in the order in which Jenkins runs
 * them.
 */
final class LifecycleScenario {

    private static final String NOT_THERE = "missing, but optional";

    private final ScriptDirectory directory;
    private final Subject subject;
    private final ScriptCaller caller;
    private final StepRunner steps;

    private Configuration deployment = Configuration.EMPTY;
    private Configuration application = Configuration.EMPTY;

    /** Staging that the scenario creates. */
    record Subject(
            ProjectIdentity project, StagingName name, Overrides deploymentOverrides, Overrides applicationOverrides) {}

    LifecycleScenario(ScriptDirectory directory, Subject subject, ScriptCaller caller, StepRunner stepRunner) {
        this.directory = directory;
        this.subject = subject;
        this.caller = caller;
        this.steps = stepRunner;
    }

    /** Runs the scenario. Leaves neither a staging nor a process behind, even if scripts fail. */
    void run() throws InterruptedException {
        try {
            if (!scriptsAreThere() || !isPrepared() || !nothingIsThereYet()) {
                return;
            }
            boolean lived = create() && update() && archiveAndRestore();
            boolean ended = end(lived ? "" : ", to tidy up");
            if (ended) {
                nothingIsLeft();
            }
        } finally {
            caller.killProcesses();
        }
    }

    private boolean scriptsAreThere() {
        boolean all = true;
        for (ControlScript script : ControlScript.values()) {
            Optional<String> problem = directory.problem(script);
            if (problem.isPresent()) {
                steps.found(script + " is there and executable", script, problem);
                all = false;
            }
        }
        return all;
    }

    private boolean isPrepared() throws InterruptedException {
        if (directory.has(INIT)
                && steps.once("init", INIT, List.of(), Expectations::succeeds).failed()) {
            return false;
        }
        skipIfMissing(INIT);
        Optional<Configuration> defaults = configuration(DEPLOYMENT_CONFIG);
        deployment = subject.deploymentOverrides().applyTo(defaults.orElse(Configuration.EMPTY));
        keys(DEPLOYMENT_CONFIG_KEYS);
        if (!skipIfMissing(TAGS)) {
            steps.once("tags", TAGS, arguments(TAGS), Expectations::succeeds, Expectations::printsTags);
        }
        boolean readable = defaults.isPresent();
        if (readable) {
            defaults = configuration(APPLICATION_CONFIG);
            application = subject.applicationOverrides().applyTo(defaults.orElse(Configuration.EMPTY));
            keys(APPLICATION_CONFIG_KEYS);
            readable = defaults.isPresent();
        }
        if (readable && directory.has(CONFIG_CHECK)) {
            readable = passes("config_check", CONFIG_CHECK);
        }
        skipIfMissing(CONFIG_CHECK);
        return readable;
    }

    /** Returns the default configuration; empty if it can't be determined. */
    private Optional<Configuration> configuration(ControlScript script) throws InterruptedException {
        if (skipIfMissing(script)) {
            return Optional.of(Configuration.EMPTY);
        }
        StepReport step = steps.once(
                script.fileName(),
                script,
                arguments(script),
                Expectations::succeeds,
                Expectations::printsConfiguration);
        try {
            return step.attempt().result().isSuccess()
                    ? Optional.of(ScriptOutputCsv.configuration(
                            script, step.attempt().result().stdout()))
                    : Optional.empty();
        } catch (UnreadableOutputException e) {
            return Optional.empty();
        }
    }

    private void keys(ControlScript script) throws InterruptedException {
        if (!skipIfMissing(script)) {
            steps.once(script.fileName(), script, arguments(script), Expectations::succeeds);
        }
    }

    /**
     * Checks that the staging doesn't exist yet. If it does, the scenario ends, because a user may need the staging.
     */
    private boolean nothingIsThereYet() throws InterruptedException {
        StepReport step = steps.once(
                "check before create",
                CHECK,
                arguments(CHECK),
                Expectations.saysNo("“check” says yes before “create” has run. If there is a staging “" + subject.name()
                        + "” already, choose a different name with --name. If not, “check” must exit with 1 until"
                        + " the staging exists."));
        return !step.attempt().result().isSuccess();
    }

    private boolean create() throws InterruptedException {
        return passes("create", CREATE) && isServingAfter("create");
    }

    private boolean update() throws InterruptedException {
        steps.once(
                "archive_check while running",
                ARCHIVE_CHECK,
                arguments(ARCHIVE_CHECK),
                Expectations.saysNo("“archive_check” says yes while the staging runs: it must exit with 1 until"
                        + " everything that “archive” ends has ended."));
        if (!skipIfMissing(INFO)) {
            steps.once("info", INFO, arguments(INFO), Expectations::succeeds, Expectations::printsLinks);
        }
        return passes("update", UPDATE) && isServingAfter("update");
    }

    private boolean archiveAndRestore() throws InterruptedException {
        if (!isArchivedBy("archive", "")) {
            return false;
        }
        steps.once(
                "check after archive",
                CHECK,
                arguments(CHECK),
                Expectations.saysNo("“check” says yes although the staging is archived: it must exit with 1 if the"
                        + " staging doesn’t run."));
        boolean fallsBack = skipIfMissing(UNARCHIVE);
        String title = fallsBack ? "create, for unarchive" : "unarchive";
        return passes(title, fallsBack ? CREATE : UNARCHIVE) && isServingAfter(fallsBack ? "create" : "unarchive");
    }

    /** Archives and cleans up, each even if the other fails, because the bench can do nothing else. */
    private boolean end(String why) throws InterruptedException {
        boolean archived = isArchivedBy(why.isEmpty() ? "archive again" : "archive", why);
        boolean cleaned = passes("cleanup" + why, CLEANUP);
        return archived && cleaned;
    }

    private void nothingIsLeft() throws InterruptedException {
        List<String> left = caller.leftoverProcesses();
        Optional<String> problem = left.isEmpty()
                ? Optional.empty()
                : Optional.of("After “cleanup” these processes still run: " + BenchFormat.list(left)
                        + ". End them in “archive” or “cleanup”. The bench has ended them now.");
        steps.found("nothing left after cleanup", CLEANUP, problem);
    }

    private boolean isArchivedBy(String title, String why) throws InterruptedException {
        if (!passes(title + why, ARCHIVE)) {
            return false;
        }
        StepReport step = steps.untilYes(
                "archive_check after " + title + why, ARCHIVE_CHECK, arguments(ARCHIVE_CHECK), "“archive”");
        return step.attempt().result().isSuccess();
    }

    private boolean isServingAfter(String event) throws InterruptedException {
        StepReport step = steps.untilYes("check after " + event, CHECK, arguments(CHECK), "“" + event + "”");
        return step.attempt().result().isSuccess();
    }

    private boolean passes(String title, ControlScript script) throws InterruptedException {
        return steps.once(title, script, arguments(script), Expectations::succeeds)
                .attempt()
                .result()
                .isSuccess();
    }

    private boolean skipIfMissing(ControlScript script) {
        if (directory.has(script)) {
            return false;
        }
        steps.skipped(script.fileName(), script, NOT_THERE);
        return true;
    }

    private List<String> arguments(ControlScript script) {
        return switch (script.arguments()) {
            case NONE -> List.of();
            case PROJECT -> ScriptArguments.project(subject.project());
            case DEPLOYMENT -> ScriptArguments.deployment(subject.project(), deployment);
            case LIFECYCLE -> ScriptArguments.lifecycle(subject.project(), subject.name(), application, deployment);
            case STATUS_CHANGE -> throw new IllegalArgumentException(NOTIFICATIONS + " isn’t part of the life cycle");
        };
    }
}
