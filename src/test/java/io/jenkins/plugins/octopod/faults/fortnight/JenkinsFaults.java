package io.jenkins.plugins.octopod.faults.fortnight;

import hudson.init.InitMilestone;
import hudson.model.Cause;
import hudson.model.Run;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.octopod.faults.fortnight.FaultKind.Fault;
import io.jenkins.plugins.octopod.faults.fortnight.FortnightScripts.Mode;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;

/** What goes wrong with the controller, its clock and its jobs. */
final class JenkinsFaults {

    private static final Duration WEEKS = Duration.ofDays(21);

    private static final String CLOCK = "the clock was set";

    /** Of a multibranch project that has a job for each. */
    private static final List<String> BRANCHES = List.of("one", "two", "three");

    private static final String PIPELINES = "shop";

    /** Every so manieth staging is deployed by branches. */
    private static final int DEPLOYED_BY_BRANCHES = 4;

    private JenkinsFaults() {}

    static void addTo(Map<FaultKind, Fault> faults) {
        faults.put(FaultKind.CLOCK_WEEKS_AHEAD, JenkinsFaults::leapAhead);
        faults.put(FaultKind.CLOCK_BACK, JenkinsFaults::putBack);
        faults.put(FaultKind.RELOADED, JenkinsFaults::reload);
        faults.put(FaultKind.BRANCH_GONE, JenkinsFaults::deleteBranch);
    }

    private static void leapAhead(World world) {
        if (!world.isLasting(FaultKind.CLOCK_BACK)) {
            world.time.setError(WEEKS);
            try {
                Simulation.look();
                world.model.excuseMaintenance(CLOCK);
            } finally {
                world.time.setError(Duration.ZERO);
            }
        }
    }

    private static void putBack(World world) {
        if (!world.isLasting(FaultKind.CLOCK_BACK)) {
            world.time.setError(Duration.ofHours(-1));
            world.model.excuseMaintenance(CLOCK);
            world.until(FaultKind.CLOCK_BACK, 1 + world.random.nextInt(2), false, () -> {
                world.time.setError(Duration.ZERO);
                world.model.excuseMaintenance(CLOCK);
                return null;
            });
        }
    }

    /** Nobody is asking for something then: who asks knows a project that isn't there any more. */
    private static void reload(World world) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        if (staging.isEmpty() || !world.begin(staging.get(), world.kind(staging.get()), Mode.HOLD)) {
            return;
        }
        TestProject.await("all who have asked to be answered", () -> world.areAllAnswered() ? true : null);
        Jenkins.get().reload();
        TestProject.await(
                "Jenkins to be loaded", () -> Jenkins.get().getInitLevel() == InitMilestone.COMPLETED ? true : null);
        world.scripts.release(staging.get().getName());
    }

    /** Makes a multibranch project over a git repository whose Pipelines do nothing. */
    static void createBranches(World world) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        Path repository = Files.createDirectories(world.scripts.home().resolve("repository"));
        Processes.git(repository, "init", "--initial-branch=main");
        Files.writeString(repository.resolve("Jenkinsfile"), "echo 'deployed'");
        Processes.git(repository, "add", "Jenkinsfile");
        Processes.git(repository, "commit", "-m", "deploy");
        for (String branch : BRANCHES) {
            Processes.git(repository, "branch", branch);
        }
        WorkflowMultiBranchProject pipelines = world.rule().createProject(WorkflowMultiBranchProject.class, PIPELINES);
        GitSCMSource source = new GitSCMSource(repository.toString());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        pipelines.getSourcesList().add(new BranchSource(source));
        for (String branch : BRANCHES) {
            awaitBranch(branch);
        }
    }

    private static WorkflowMultiBranchProject pipelines() {
        return Jenkins.get().getItemByFullName(PIPELINES, WorkflowMultiBranchProject.class);
    }

    /** Has the branches looked for until there is a job for that one, with a build that has ended. */
    private static void awaitBranch(String branch) throws Exception {
        pipelines().scheduleBuild2(0).getFuture().get(60, TimeUnit.SECONDS);
        TestProject.await("a build of branch " + branch, () -> {
            WorkflowJob job = pipelines().getItemByBranchName(branch);
            WorkflowRun build = job == null ? null : job.getLastBuild();
            return build == null || build.isBuilding() ? null : build;
        });
    }

    /** The branch that deploys a staging; empty for most of them, and where that branch is gone. */
    static Optional<Cause> cause(String name) {
        int number = Integer.parseInt(name.substring(1));
        if (number % DEPLOYED_BY_BRANCHES != 1 || pipelines() == null) {
            return Optional.empty();
        }
        WorkflowJob job = pipelines().getItemByBranchName(BRANCHES.get(number % BRANCHES.size()));
        return job == null ? Optional.empty() : Optional.of(new Cause.UpstreamCause((Run<?, ?>) job.getLastBuild()));
    }

    private static void deleteBranch(World world) throws Exception {
        String branch = BRANCHES.get(world.random.nextInt(BRANCHES.size()));
        WorkflowJob job = pipelines().getItemByBranchName(branch);
        if (job == null) {
            return;
        }
        String name = job.getFullName();
        world.model.jobGone(name);
        job.delete();
        world.until(FaultKind.BRANCH_GONE, 1 + world.random.nextInt(2), false, () -> {
            awaitBranch(branch);
            world.model.read(world.scripts.readJournal()); // what began before, began while it was gone
            world.model.jobBack(name);
            return null;
        });
    }
}
