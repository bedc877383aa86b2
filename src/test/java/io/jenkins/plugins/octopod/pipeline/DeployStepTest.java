package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** {@code octopodDeploy} with the demo scripts on a real agent. */
@WithSharedJenkins
class DeployStepTest extends AbstractStepTest {

    @Test
    void scripted() throws Exception {
        WorkflowRun created = pipelines.succeeds("""
                def sha = 'v1'
                def s = octopodDeploy(
                    project: 'demo',
                    name: 'orange-button',
                    deploymentOverrides: ['image.tag': "${sha}", replicas: 2],
                    appOverrides: [DEBUG: true, COLOR: 'red'])
                node {
                    echo "link=${s.links[0].url}"
                }
                s.links.each { link -> echo "${link.name} is at ${link.url}" }
                echo "url=${s.url}"
                echo "${s.name} of ${s.project} is ${s.status}"
                """);
        jenkins.assertLogContains("orange-button of demo is Running", created);
        String page = Pipelines.get(Pipelines.printed("link=", created));
        assertTrue(page.contains("v1"), page);
        assertTrue(page.contains("red"), page);
        Staging staging = demo.staging("orange-button");
        assertEquals(jenkins.getURL() + staging.getUrl(), Pipelines.printed("url=", created));
        assertEquals(
                Map.of("image.tag", "v1", "replicas", "2"),
                staging.getDeploymentOverrides().asMap());
        assertEquals(
                Map.of("DEBUG", "true", "COLOR", "red"),
                staging.getApplicationOverrides().asMap());

        jenkins.assertLogContains("Staging run: demo » orange-button #1", created);
        jenkins.assertLogContains("Listening on", created);
        jenkins.assertLogContains("Staging orange-button is Running.", created);
        assertEquals(1, Pipelines.occurrences("Finished: ", created));
        Cause.UpstreamCause cause = staging.getLastBuild().getCause(Cause.UpstreamCause.class);
        assertNotNull(cause);
        assertTrue(cause.pointsTo(created));

        WorkflowRun updated = pipelines.succeeds("""
                node {
                    def s = octopodDeploy project: 'demo', name: 'orange-button',
                        deploymentOverrides: [image: ["${'tag'}": 'v2'], replicas: null], appOverrides: [DEBUG: null]
                    echo "link=${s.links[0].url}"
                }
                """);
        page = Pipelines.get(Pipelines.printed("link=", updated));
        assertTrue(page.contains("v2"), page);
        assertTrue(page.contains("red"), "what isn’t mentioned stays");
        assertTrue(staging.getApplicationOverrides().isRemoved("DEBUG"));
        assertEquals("red", staging.getApplicationOverrides().value("COLOR").orElseThrow());

        pipelines.succeeds("""
                octopodDeploy project: 'demo', name: 'orange-button', replaceOverrides: true,
                    deploymentOverrides: ['image.tag': 'v3']
                """);
        assertTrue(staging.getApplicationOverrides().isEmpty());
        assertEquals(Map.of("image.tag", "v3"), staging.getDeploymentOverrides().asMap());
    }

    @Test
    void noteIsWrittenKeptAndRemoved() throws Exception {
        WorkflowRun first = pipelines.succeeds(
                "octopodDeploy project: 'demo', name: 'noted', note: ' for Anna’s demo\\n on Thursday'");
        Staging staging = demo.staging("noted");
        assertEquals("for Anna’s demo\non Thursday", staging.note().text());
        assertEquals(first.getParent().getFullName() + " #1", staging.note().by());
        pipelines.succeeds("octopodDeploy project: 'demo', name: 'noted'");
        assertEquals("for Anna’s demo\non Thursday", staging.note().text());
        pipelines.succeeds("octopodDeploy project: 'demo', name: 'noted', note: '', wait: false");
        assertNull(staging.note());
        TestProject.await("the end", () -> staging.isBusy() ? null : true);
    }

    @Test
    void noteThatIsRefusedDeploysNothing() throws Exception {
        WorkflowRun run = pipelines.fails("octopodDeploy project: 'demo', name: 'noted', note: 'x' * 201");
        jenkins.assertLogContains("ERROR: A note has at most 200 characters, and this one has 201: shorten it.", run);
        assertNull(demo.staging("noted"));
    }

    @Test
    void typesAreKept() throws Exception {
        pipelines.succeeds("""
                octopodDeploy project: 'demo', name: 'orange-button', keepTypes: true,
                    deploymentOverrides: ['image.tag': "v${2 - 1}", retries: '5'.toInteger(), port: "${8080}"],
                    appOverrides: [verbose: true, rate: 0.5, env: [:], args: [], GREETING: null]
                """);
        Staging staging = demo.staging("orange-button");
        assertEquals(
                Map.of("image.tag", "v1", "retries", "!!int 5", "port", "!!str 8080"),
                staging.getDeploymentOverrides().asMap());
        assertEquals(
                "verbose=!!bool true\nrate=!!float 0.5\nenv=!!map {}\nargs=!!seq []\n-GREETING",
                staging.getApplicationOverrides().toString());
    }

    @Test
    void declarative() throws Exception {
        WorkflowRun run = pipelines.succeeds("""
                pipeline {
                    agent none
                    environment { TAG = 'v7' }
                    stages {
                        stage('Deploy') {
                            steps {
                                octopodDeploy project: 'demo', name: 'declared',
                                    deploymentOverrides: ['image.tag': env.TAG], appOverrides: [GREETING: null, COLOR: "teal"]
                                script {
                                    def s = octopodStatus(project: '/demo', name: 'declared')
                                    echo "link=${s.links.find { it.name == 'page' }.url}"
                                    echo "status=${s.status}"
                                }
                            }
                        }
                    }
                    post {
                        cleanup {
                            octopodArchive project: 'demo', name: 'declared'
                            octopodArchive project: 'demo', name: 'declared'
                            octopodCleanup project: 'demo', name: 'declared'
                            octopodCleanup project: 'demo', name: 'declared'
                        }
                    }
                }
                """);
        assertEquals("Running", Pipelines.printed("status=", run));
        jenkins.assertLogContains("--deployment-config image.tag=v7", run);
        jenkins.assertLogContains("--application-config COLOR=teal", run);
        jenkins.assertLogNotContains("GREETING", run);
        jenkins.assertLogContains("The staging demo » declared is archived already.", run);
        jenkins.assertLogContains(
                "There is no staging declared in project demo, so there is nothing to clean up.", run);
        assertFalse(demoHome.resolve("demo/declared").toFile().exists());
    }

    @Test
    void branchNames() throws Exception {
        WorkflowRun run = pipelines.succeeds("""
                def s = octopodDeploy(project: 'demo', name: 'feature/Orange_Button')
                echo "name=${s.name}"
                def again = octopodDeploy(project: 'demo', name: s.name, deploymentOverrides: ['image.tag': 'v2'])
                echo "again=${again.name}"
                echo "asked=${octopodStatus(project: 'demo', name: 'feature/Orange_Button').name}"
                octopodArchive project: 'demo', name: 'feature/Orange_Button'
                octopodCleanup project: 'demo', name: s.name
                """);
        String name = Pipelines.printed("name=", run);
        assertTrue(name.startsWith("feature-o"), name);
        assertEquals(name, Pipelines.printed("again=", run));
        assertEquals(name, Pipelines.printed("asked=", run));
        jenkins.assertLogContains("The staging of “feature/Orange_Button” is named " + name, run);
    }

    @Test
    void notWaiting() throws Exception {
        WorkflowRun run = pipelines.succeeds("""
                def s = octopodDeploy(project: 'demo', name: 'later', wait: false, deploymentOverrides: ['demo.delay': 3])
                echo "status=${s.status} links=${s.links.size()}"
                octopodArchive project: 'demo', name: 'later'
                echo "then=${octopodStatus(project: 'demo', name: 'later').status}"
                """);
        assertEquals("CreatePending links=0", Pipelines.printed("status=", run));
        assertEquals("Archived", Pipelines.printed("then=", run));
        jenkins.assertLogContains(
                "The run of staging demo » later was requested; this step does not wait for it.", run);
        jenkins.assertLogContains("The staging demo » later is being created", run);
        jenkins.assertLogContains("This step waits for its turn.", run);
    }

    @Test
    void archivedIsRestoredAndCleanedUp() throws Exception {
        WorkflowRun run = pipelines.succeeds("""
                octopodDeploy project: 'demo', name: 'life', deploymentOverrides: ['image.tag': 'v1']
                echo "1=${octopodArchive(project: 'demo', name: 'life').status}"
                def restored = octopodRestore(project: 'demo', name: 'life')
                echo "2=${restored.status}"
                echo "link=${restored.links[0].url}"
                octopodArchive project: 'demo', name: 'life'
                def deployed = octopodDeploy(project: 'demo', name: 'life')
                echo "3=${deployed.status}"
                octopodArchive project: 'demo', name: 'life', wait: true
                def gone = octopodCleanup(project: 'demo', name: 'life')
                echo "4=${gone.status} ${gone.url} ${gone.links}"
                echo "5=${octopodStatus(project: 'demo', name: 'life').status}"
                echo "6=${octopodDeploy(project: 'demo', name: 'life').status}"
                octopodArchive project: 'demo', name: 'life'
                """);
        assertEquals("Archived", Pipelines.printed("1=", run));
        assertEquals("Running", Pipelines.printed("2=", run));
        assertTrue(Pipelines.printed("link=", run).startsWith("http://127.0.0.1:"));
        assertEquals("Running", Pipelines.printed("3=", run));
        assertEquals("Absent null []", Pipelines.printed("4=", run));
        assertEquals("Absent", Pipelines.printed("5=", run));
        assertEquals("Running", Pipelines.printed("6=", run));
        jenkins.assertLogContains("Removed " + demoHome.resolve("demo/life"), run);
    }
}
