package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.util.List;
import org.jvnet.hudson.test.JenkinsRule;

/** A project with a staging that is idle and one that is being created, for tables of who may do what. */
final class PermissionScene {

    final TestProject project;

    /** What created the staging “idle”. */
    final AcceptedRequest done;

    /** What creates the staging “busy”. */
    final AcceptedRequest going;

    /** @param scripts may have some already */
    PermissionScene(JenkinsRule jenkins, ScriptDirectory scripts) throws Exception {
        scripts.with(ControlScript.CREATE, "echo printed by create; case \"$*\" in *busy*) sleep 300;; esac")
                .with(ControlScript.CHECK, "exit 0");
        project = TestProject.withScripts(jenkins, scripts.path());
        project.connectAgent("agent");
        project.connectAgent("other-agent");
        done = project.submit(Kind.CREATE, "idle");
        project.finished(done);
        going = project.submit(Kind.CREATE, "busy");
        project.printing(going, "printed by create");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
    }

    /** All that a request could have changed. */
    String state() throws Exception {
        StringBuilder state = new StringBuilder();
        for (Staging staging : List.of(project.staging("idle"), project.staging("busy"))) {
            state.append(staging.getConfigFile().asString())
                    .append(staging.observedState().hashCode())
                    .append(staging.getNextBuildNumber())
                    .append(staging.getLastBuild().isBuilding());
        }
        return state.append(
                        TestProject.files(project.project.getRootDir().toPath().resolve("jobs")))
                .append(project.queue().length)
                .toString();
    }

    /** Ends what is under way, which nothing else may have ended. */
    void end() throws Exception {
        StagingService.abort(going.staging());
        assertEquals(Result.ABORTED, project.finished(going).getResult());
    }
}
