package io.jenkins.plugins.octopod.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * {@code octopodDeploy} with scripts that do nothing, beside a Pipeline that has the same scripts run by {@code sh} on the
 * same agent: a step for each script, and all of them in one step. In turn, so that what else the machine does is the same
 * for all. Each is a whole run of a Pipeline, from asking for it to its end; how much of that is the steps’, the Pipeline
 * itself says.
 */
@Tag("benchmark")
@WithJenkins
class DeployBenchmark {

    private static final int WARM_UPS = 10;
    private static final int ROUNDS = 41;

    /** What a deployment is about, as {@code octopodDeploy} has it done, without asking for defaults. */
    private static final List<ControlScript> SCRIPTS =
            List.of(ControlScript.CONFIG_CHECK, ControlScript.UPDATE, ControlScript.CHECK, ControlScript.INFO);

    private static final String ARGUMENTS = " --project-name demo --base-domain staging.example.com --namespace staging"
            + " --name feature --application-config COLOR=blue --deployment-config image.tag=v1";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @Test
    void deploy(JenkinsRule rule) throws Exception {
        jenkins = rule;
        ScriptDirectory scripts = new ScriptDirectory(directory);
        Path calls = scripts.file("calls");
        for (ControlScript script : ControlScript.values()) {
            scripts.with(script, "echo " + script.fileName() + " >>'" + calls + "'");
        }
        TestProject project = TestProject.withScripts(jenkins, scripts.path());
        project.connectAgent("agent");

        String wanted = ", appOverrides: [COLOR: 'blue'], deploymentOverrides: ['image.tag': 'v1']";
        Contender update = new Contender("update", "octopodDeploy project: 'demo', name: 'feature'" + wanted);
        Contender create =
                new Contender("create", "octopodDeploy project: 'demo', name: \"new-${env.BUILD_NUMBER}\"" + wanted);
        Contender steps =
                new Contender("steps", onAgent(SCRIPTS.stream().map(this::sh).toList()));
        Contender oneStep = new Contender(
                "one-step",
                onAgent(List.of("sh '''"
                        + String.join("\n", SCRIPTS.stream().map(this::command).toList()) + "'''")));
        List<Contender> all = List.of(update, create, steps, oneStep);
        // Once for the creation that comes before updates, and once to see what each has run.
        update.run(false);
        for (Contender contender : all) {
            Files.delete(calls);
            contender.run(false);
            List<String> called = Files.readAllLines(calls);
            List<String> expected = SCRIPTS.stream()
                    .map(script ->
                            contender == create && script == ControlScript.UPDATE ? ControlScript.CREATE : script)
                    .map(ControlScript::fileName)
                    .toList();
            assertTrue(called.containsAll(expected), contender.name() + " ran " + called);
        }
        for (ControlScript script : ControlScript.values()) {
            scripts.with(script, "exit 0");
        }
        for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
            for (Contender contender : all) {
                contender.run(i >= WARM_UPS);
            }
        }
        assertEquals(Status.Running, project.staging("feature").getStatus());
        assertEquals(Status.Running, project.staging("new-" + ROUNDS).getStatus());

        Report report = new Report("deploy");
        for (Contender deploy : List.of(update, create)) {
            report.add(
                    "octopodDeploy",
                    deploy.name(),
                    "Pipeline ms",
                    median(deploy.whole()),
                    "its step ms",
                    median(deploy.steps()),
                    "4 sh: Pipeline ms",
                    median(steps.whole()),
                    "their steps ms",
                    median(steps.steps()),
                    "one sh: Pipeline ms",
                    median(oneStep.whole()),
                    "its steps ms",
                    median(oneStep.steps()),
                    "Pipeline/4 sh",
                    median(deploy.whole()) / median(steps.whole()),
                    "Pipeline/one sh",
                    median(deploy.whole()) / median(oneStep.whole()));
        }
        report.finish();
    }

    private static String onAgent(List<String> steps) {
        return "node('" + TestProject.LABEL + "') {\n" + String.join("\n", steps) + "\n}";
    }

    private String sh(ControlScript script) {
        return "sh '" + command(script) + "'";
    }

    private String command(ControlScript script) {
        return directory.resolve(script.fileName()) + ARGUMENTS;
    }

    private static double median(List<Double> times) {
        List<Double> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** A Pipeline, and how long it took each time, in milliseconds. */
    private final class Contender {

        private final String name;
        private final WorkflowJob job;
        private final List<Double> whole = new ArrayList<>();
        private final List<Double> steps = new ArrayList<>();

        Contender(String name, String script) throws Exception {
            this.name = name;
            job = jenkins.createProject(WorkflowJob.class, name);
            job.setDefinition(new CpsFlowDefinition(
                    "long start = System.currentTimeMillis()\n" + script
                            + "\ncurrentBuild.description = (System.currentTimeMillis() - start).toString()",
                    true));
        }

        void run(boolean counts) throws Exception {
            long start = System.nanoTime();
            WorkflowRun run = job.scheduleBuild2(0).get(1, TimeUnit.MINUTES);
            double time = (System.nanoTime() - start) / 1e6;
            jenkins.assertBuildStatus(Result.SUCCESS, run);
            if (counts) {
                whole.add(time);
                steps.add(Double.valueOf(run.getDescription()));
            }
        }

        String name() {
            return name;
        }

        List<Double> whole() {
            return whole;
        }

        List<Double> steps() {
            return steps;
        }
    }
}
