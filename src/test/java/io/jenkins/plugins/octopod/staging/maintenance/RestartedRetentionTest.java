package io.jenkins.plugins.octopod.staging.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins was off for a while when a cleanup is due by the clock. */
@Tag("jenkins")
class RestartedRetentionTest {

    private static final String FILE = "octopod-observed-time.xml";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private TestClock clock;
    private Instant due;

    @BeforeEach
    void archive() throws Throwable {
        clock = TestClock.start();
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("s")).path());
            demo.connectAgent("agent");
            demo.finished(demo.submit(Kind.CREATE, "a1"));
            demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
            look();
            due = demo.staging("a1").cleanedUpAt();
        });
    }

    @AfterEach
    void stopClock() {
        clock.close();
    }

    @Test
    void aDayOfTheTimeInWhichJenkinsWasOffCounts() throws Throwable {
        clock.jump(Duration.ofDays(20));
        for (int start = 1; start <= 2; start++) {
            sessions.then(jenkins -> {
                lookTwice();
                Staging staging = TestProject.again(jenkins).staging("a1");
                assertFalse(staging.isBusy());
                assertLater(Duration.ofDays(19), staging);
            });
        }
    }

    @Test
    void aDamagedFileIsReplaced() throws Throwable {
        Path file = sessions.getHome().toPath().resolve(FILE);
        for (String damage :
                new String[] {"<octopod-observed-time/>", "<octopod-observed-time>", "<string>x</string>", ""}) {
            Files.writeString(file, damage);
            sessions.then(jenkins -> {
                Staging staging = TestProject.again(jenkins).staging("a1");
                assertEquals(due, staging.cleanedUpAt());
                look();
                assertEquals(due, staging.cleanedUpAt());
            });
            assertTrue(Files.readString(file).contains("<lastLook>"), damage);
        }
    }

    private void assertLater(Duration expected, Staging staging) {
        Duration later = Duration.between(due, staging.cleanedUpAt());
        assertTrue(later.minus(expected).abs().compareTo(Duration.ofMinutes(5)) < 0, later::toString);
    }

    private void lookTwice() {
        look();
        clock.leap(CleanupSafeguard.CONFIRMATION);
        look();
    }

    private static void look() {
        ExtensionList.lookupSingleton(MaintenanceWork.class).runAll();
    }
}
