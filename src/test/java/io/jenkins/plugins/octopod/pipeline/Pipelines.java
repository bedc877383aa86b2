package io.jenkins.plugins.octopod.pipeline;

import hudson.model.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines as people write them: in the sandbox. */
final class Pipelines {

    private final JenkinsRule jenkins;
    private int count;

    Pipelines(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    WorkflowJob job(String script) throws Exception {
        return job(jenkins.createProject(WorkflowJob.class, "pipeline-" + ++count), script);
    }

    static WorkflowJob job(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    WorkflowRun succeeds(String script) throws Exception {
        return jenkins.buildAndAssertSuccess(job(script));
    }

    WorkflowRun fails(String script) throws Exception {
        return jenkins.buildAndAssertStatus(Result.FAILURE, job(script));
    }

    /** How often the log has that. */
    static int occurrences(String text, WorkflowRun run) throws IOException {
        String log = JenkinsRule.getLog(run);
        return (log.length() - log.replace(text, "").length()) / text.length();
    }

    static String get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    /** The rest of the line that begins with that. */
    static String printed(String start, WorkflowRun run) throws IOException {
        return JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing begins with " + start));
    }
}
