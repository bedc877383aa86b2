package io.jenkins.plugins.octopod.jobdsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import hudson.model.Cause;
import hudson.model.Computer;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.DocumentedProject;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Projects by a seed job, in Job DSL’s sandbox, and by configuration as code. */
@WithSharedJenkins
class JobDslTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @Test
    void projectsAreSeededOnceAndAgain(JenkinsRule rule) throws Exception {
        jenkins = rule;
        TestProject demo = TestProject.demo(jenkins, directory.resolve("demo"));
        jenkins.jenkins
                .getDescriptorByType(ControlScripts.DescriptorImpl.class)
                .setInstallations(new ControlScripts("shop-scripts", TestProject.DEMO_SCRIPTS.toString(), List.of()));
        jenkins.waitOnline(jenkins.createSlave("seeded", "staging linux", null));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CREATE, Item.CONFIGURE, Item.EXTENDED_READ, Computer.BUILD)
                .everywhere()
                .to("seeder")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ, Computer.BUILD)
                .everywhere()
                .to("reader"));
        TestCredentials.in(jenkins.jenkins)
                .text("registry-token", "hush-4711")
                .login("staging-database", "shop", "hush-4712");
        String script = DocumentedProject.example("groovy");

        seed("seeder", script, Result.SUCCESS);
        OctopodProject shop = shop();
        DocumentedProject.assertSettings(shop);

        AcceptedRequest accepted =
                StagingService.submit(StagingRequest.of(shop, "orange-button", Kind.CREATE, new Cause.UserIdCause()));
        jenkins.assertBuildStatusSuccess(demo.finished(accepted));
        Staging staging = accepted.staging();

        Path file = shop.getConfigFile().getFile().toPath();
        String written = Files.readString(file);
        Files.setLastModifiedTime(file, LONG_AGO);
        seed("seeder", script, Result.SUCCESS);
        assertUnchanged(file, staging);

        Path yaml = Files.writeString(directory.resolve("jenkins.yaml"), "jobs:\n- script: |\n" + script.indent(4));
        ConfigurationAsCode.get().configure(yaml.toString());
        assertUnchanged(file, staging);
        assertEquals(written, Files.readString(file));

        shop.setBaseDomain("elsewhere.example.com");
        shop.save();
        seed("reader", script, Result.FAILURE);
        assertEquals("elsewhere.example.com", shop.getBaseDomain());
        ConfigurationAsCode.get().configure(yaml.toString());
        assertEquals(written, Files.readString(file));

        FreeStyleBuild refused = seed("seeder", script.replace("'shop-staging'", "'Not One'"), Result.FAILURE);
        jenkins.assertLogContains("can’t be a namespace", refused);
        refused = seed("seeder", script.replace("'https://kubernetes.example.com:6443'", "'foo'"), Result.FAILURE);
        jenkins.assertLogContains("shop: server: “foo” isn’t the address", refused);
        refused = seed("seeder", script.replace("server('https", "namespace('Bad_NS'); server('https"), Result.FAILURE);
        jenkins.assertLogContains("shop: namespace: “Bad_NS” can’t be a namespace", refused);
        assertEquals(written, Files.readString(file));
        seed("seeder", "folder('teams')", Result.SUCCESS);
        assertSame(staging, shop().getItem("orange-button"));
        seed("reader", script.replace("'teams'", "'others'"), Result.FAILURE);
        assertNull(jenkins.jenkins.getItem("others"));
    }

    private void assertUnchanged(Path file, Staging staging) throws Exception {
        assertEquals(LONG_AGO, Files.getLastModifiedTime(file), "nothing is written where nothing is different");
        assertSame(staging, shop().getItem("orange-button"));
        assertEquals(Status.Running, staging.getStatus());
    }

    private OctopodProject shop() {
        OctopodProject shop = jenkins.jenkins.getItemByFullName("teams/shop", OctopodProject.class);
        assertNotNull(shop, "made by the script");
        return shop;
    }

    private FreeStyleBuild seed(String user, String script, Result result) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        seed.setAssignedNode(jenkins.jenkins);
        ExecuteDslScripts step = new ExecuteDslScripts();
        step.setScriptText(script);
        step.setUseScriptText(true);
        step.setSandbox(true);
        seed.getBuildersList().add(step);
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate(
                                seed.getFullName(), User.getById(user, true).impersonate2()));
        return jenkins.assertBuildStatus(result, seed.scheduleBuild2(0));
    }
}
