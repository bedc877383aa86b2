package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.model.Items;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.defaults.CachedDefaults;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests scripts that print what XML cannot hold and what controls a terminal. */
@WithSharedJenkins
class UnprintableOutputTest extends AbstractScriptsTest {

    /** The state as it would be read after a restart. */
    private Staging stored(String name) throws Exception {
        return (Staging) Items.load(demo.project, demo.staging(name).getRootDir());
    }

    @Test
    void theReasonOfARunCanBeStored() throws Exception {
        scripts.with(ControlScript.CREATE, "printf '\\033[31mno \\000chart\\033[0m\\n' >&2; exit 1");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals("“create” ended with exit code 1: no \ufffdchart", run.getReason());
        assertFalse(demo.staging("a1").isBusy());
        assertEquals(run.getReason(), stored("a1").observedState().reason());
    }

    @Test
    void theReasonOfACheckCanBeStored() throws Exception {
        demo.project.setStatusTimeout(1);
        scripts.with(ControlScript.CHECK, "printf '10 %%\\r\\033[31mno \\000pod\\033[0m\\n' >&2; exit 1");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        assertEquals(Status.GenericFailure, stored("a1").getStatus());
        assertEquals(
                "Staging a1 isn’t running after 1 seconds: “check” ended with exit code 1: no \ufffdpod",
                stored("a1").observedState().reason());
    }

    @Test
    void linksCanBeStored() throws Exception {
        scripts.with(ControlScript.INFO, "printf '\\033[1mapp\\033[0m,https://a1.example.com/\\n'");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        assertEquals(
                List.of(new StagingLink("app", "https://a1.example.com/")),
                stored("a1").observedState().links());
    }

    @Test
    void defaultsCanBeShown() throws Exception {
        scripts.with(ControlScript.DEPLOYMENT_CONFIG, "printf '\\033[1mimage.tag\\033[0m,v\\0001\\n'");
        CachedDefaults defaults = TestProject.await("the defaults", () -> {
            CachedDefaults now = DefaultsService.get().ask(demo.project, Overrides.NONE);
            return now.deployment().known().isPresent() ? now : null;
        });
        assertEquals(
                Map.of("image.tag", "v\ufffd1"),
                defaults.deployment().known().orElseThrow().asMap());
    }

    @Test
    void aRefusalCanBeShown() throws Exception {
        scripts.with(ControlScript.CONFIG_CHECK, "printf '\\033[31mCOLOR must be a color.\\033[0m\\n'; exit 1");
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"));
        assertEquals("COLOR must be a color.", refusal.getMessage());
    }
}
