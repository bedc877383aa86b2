package io.jenkins.plugins.octopod.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.ExtensionList;
import hudson.model.AbstractItem;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.MyViewsProperty;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.tools.ToolLocationNodeProperty;
import io.jenkins.plugins.octopod.dashboard.StagingsView;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.project.ProjectsConfiguration;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import io.jenkins.plugins.octopod.staging.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * A Jenkins reads a {@link StoredHome}, in which most things have class names, and writes it again without them. The next
 * Jenkins finds everything as it was.
 */
@Tag("jenkins")
class WrittenNamesTest {

    private static final String TOOLS = "io.jenkins.plugins.octopod.scripts.ControlScripts.xml";
    private static final String PROJECTS = "io.jenkins.plugins.octopod.project.ProjectsConfiguration.xml";

    /** What core and Pipeline write as text. docs/decisions/0006-stored-names.md has the reasons. */
    private static final Set<String> UNAVOIDABLE = Set.of(
            "text io.jenkins.plugins.octopod.pipeline.OctopodDeployStep",
            "text io.jenkins.plugins.octopod.scripts.ControlScripts$DescriptorImpl");

    private static final Set<String> READ_BEFORE = Set.of(
            "class = io.jenkins.plugins.octopod.project.OctopodProject",
            "class = io.jenkins.plugins.octopod.project.ProjectIcon",
            "class = io.jenkins.plugins.octopod.scripts.ControlScripts-array",
            "class = io.jenkins.plugins.octopod.staging.Staging",
            "element io.jenkins.plugins.octopod.credentials.ScriptCredentialsProperty",
            "element io.jenkins.plugins.octopod.dashboard.StagingsView",
            "element io.jenkins.plugins.octopod.kubernetes.ClusterProperty",
            "element io.jenkins.plugins.octopod.project.OctopodProject",
            "element io.jenkins.plugins.octopod.scripts.ControlScripts",
            "element io.jenkins.plugins.octopod.scripts.ControlScripts_-DescriptorImpl",
            "element io.jenkins.plugins.octopod.scripts.HelmScriptsInstaller",
            "element io.jenkins.plugins.octopod.staging.RoomCause",
            "element io.jenkins.plugins.octopod.staging.upkeep.ExpiryCause",
            "element io.jenkins.plugins.octopod.staging.upkeep.GoneBranchCause",
            "element io.jenkins.plugins.octopod.staging.upkeep.RetentionCause",
            "element io.jenkins.plugins.octopod.staging.upkeep.SleepCause",
            "element io.jenkins.plugins.octopod.staging.upkeep.WakeCause",
            "text io.jenkins.plugins.octopod.pipeline.OctopodDeployStep");

    /** Jenkins queues a staging again whose run was in progress. */
    private static final Set<String> WAITING = Set.of(
            "shop/piped",
            "team/cellar/waits-archive",
            "team/cellar/waits-cleanup",
            "team/cellar/waits-create",
            "team/cellar/waits-create-too",
            "team/cellar/waits-restore",
            "team/cellar/waits-update");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path place;

    private ReaderWarnings warnings;
    private TestClock clock;
    private Map<String, Long> waitingSince;

    @BeforeEach
    void start() {
        warnings = ReaderWarnings.start();
        clock = TestClock.start();
        // When the home was written: else its stagings would expire, or wake up.
        clock.leapTo(StoredHomeWriter.END);
    }

    @AfterEach
    void stop() {
        clock.close();
        warnings.close();
    }

    @Test
    void noClassNameIsWrittenAndEverythingIsReadAgain() throws Throwable {
        Path home = sessions.getHome().toPath();
        StoredHome stored = StoredHome.unpack(home, place);
        stored.startedNow("jobs/shop/jobs/piped/builds/1/build.xml");
        JsonNode expected = StoredHome.state();
        Files.delete(home.resolve(PROJECTS));
        assertEquals(READ_BEFORE, StoredClassNames.in(home));

        sessions.then(jenkins -> {
            waitingSince = waiting();
            assertEquals(WAITING, waitingSince.keySet());
            setWhatTheHomeLacks();
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                saveEverything();
            }
        });
        assertEquals(new TreeSet<>(UNAVOIDABLE), StoredClassNames.in(home));
        assertTrue(Files.exists(home.resolve(TOOLS)), "under the name that it had");
        assertTrue(Files.notExists(home.resolve(PROJECTS)), "there is nothing to write");

        sessions.then(jenkins -> {
            JsonNode found = VisibleState.of(jenkins, place.toString());
            assertEquals(VisibleState.sorted(expected), VisibleState.sorted(found));
            checkWhatTheHomeLacks();
            // The items are still in the queue. A lost item would have been queued again with a new time.
            assertEquals(waitingSince, waiting());
        });
        assertEquals(List.of(), warnings.found());
    }

    /** A view among those of a user, and a tool that is elsewhere on one agent. */
    private static void setWhatTheHomeLacks() throws IOException {
        User alice = User.getOrCreateByIdOrFullName("alice");
        MyViewsProperty views = new MyViewsProperty(null);
        alice.addProperty(views);
        views.readResolve();
        views.addView(new StagingsView("mine"));
        ControlScripts.DescriptorImpl tools = Jenkins.get().getDescriptorByType(ControlScripts.DescriptorImpl.class);
        Jenkins.get()
                .getNode("shop")
                .getNodeProperties()
                .add(new ToolLocationNodeProperty(
                        new ToolLocationNodeProperty.ToolLocation(tools, "plain", "/opt/scripts")));
    }

    private static void checkWhatTheHomeLacks() {
        MyViewsProperty views = User.getById("alice", false).getProperty(MyViewsProperty.class);
        assertInstanceOf(StagingsView.class, views.getView("mine"));
        ToolLocationNodeProperty locations =
                Jenkins.get().getNode("shop").getNodeProperties().get(ToolLocationNodeProperty.class);
        ControlScripts tool = ControlScripts.find("plain").orElseThrow();
        assertEquals("/opt/scripts", locations.getHome(tool));
    }

    /** Since when each staging has been waiting in the queue. */
    private static Map<String, Long> waiting() {
        return Arrays.stream(Queue.getInstance().getItems())
                .collect(Collectors.toMap(item -> ((Staging) item.task).getFullName(), Queue.Item::getInQueueSince));
    }

    private static void saveEverything() throws IOException {
        Jenkins.get().save();
        for (Item item : Jenkins.get().getAllItems()) {
            ((AbstractItem) item).save();
            if (item instanceof Job<?, ?> job) {
                for (Run<?, ?> run : job.getBuilds()) {
                    run.save();
                }
            }
        }
        for (Node node : Jenkins.get().getNodes()) {
            node.save();
        }
        for (User user : User.getAll()) {
            user.save();
        }
        Jenkins.get().getDescriptorByType(ControlScripts.DescriptorImpl.class).save();
        ExtensionList.lookupSingleton(ProjectsConfiguration.class).save();
        Queue.getInstance().save();
    }
}
