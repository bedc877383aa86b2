package io.jenkins.plugins.octopod.faults.fortnight;

import hudson.init.InitMilestone;
import io.jenkins.plugins.octopod.faults.fortnight.FaultKind.Fault;
import io.jenkins.plugins.octopod.faults.fortnight.FortnightScripts.Mode;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What goes wrong with the controller and its clock. */
final class JenkinsFaults {

    private static final Duration WEEKS = Duration.ofDays(21);

    private JenkinsFaults() {}

    static void addTo(Map<FaultKind, Fault> faults) {
        faults.put(FaultKind.CLOCK_WEEKS_AHEAD, JenkinsFaults::leapAhead);
        faults.put(FaultKind.CLOCK_BACK, JenkinsFaults::putBack);
        faults.put(FaultKind.RELOADED, JenkinsFaults::reload);
    }

    private static void leapAhead(World world) {
        if (!world.isLasting(FaultKind.CLOCK_BACK)) {
            world.time.setError(WEEKS);
            try {
                Simulation.look();
            } finally {
                world.time.setError(Duration.ZERO);
            }
        }
    }

    private static void putBack(World world) {
        if (!world.isLasting(FaultKind.CLOCK_BACK)) {
            world.time.setError(Duration.ofHours(-1));
            world.until(FaultKind.CLOCK_BACK, 1 + world.random.nextInt(2), false, () -> {
                world.time.setError(Duration.ZERO);
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
}
