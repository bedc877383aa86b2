package io.jenkins.plugins.octopod.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells a process from another one with the same id. */
class ProcessIdentityTest {

    private static final String OTHER_BOOT = "boot=00000000-0000-0000-0000-000000000000";

    private final ProcessCookie cookie = ProcessCookie.unique();
    private final long self = ProcessHandle.current().pid();

    @Test
    void runsAsLongAsTheProcess() throws Exception {
        Process process = start();
        ProcessIdentity identity = ProcessIdentity.of(process.pid());
        assertTrue(identity.isKnown());
        assertTrue(identity.isRunning(process.pid(), cookie));
        assertEquals(identity, ProcessIdentity.parse(identity.text() + "      \n"));
        process.destroyForcibly().waitFor();
        assertFalse(identity.isRunning(process.pid(), cookie));
        assertEquals(ProcessIdentity.UNKNOWN, ProcessIdentity.of(process.pid()));
    }

    @Test
    void anotherProcessHasTheIdNow() throws Exception {
        Process process = start();
        try {
            assertFalse(ProcessIdentity.of(self).isRunning(process.pid(), cookie));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void machineWasRestarted() throws Exception {
        String before = ProcessIdentity.of(self).text().replaceFirst("boot=.*", OTHER_BOOT);
        assertFalse(ProcessIdentity.parse(before).isRunning(self, cookie));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "ticks=12", "ticks=12 boot=", "ticks=x " + OTHER_BOOT, "start="})
    void whatIsHalfWrittenIsUnknown(String written) throws Exception {
        assertEquals(ProcessIdentity.UNKNOWN, ProcessIdentity.parse(written));
        Process process = start();
        try {
            assertTrue(ProcessIdentity.UNKNOWN.isRunning(process.pid(), cookie), "it has the cookie");
            assertFalse(ProcessIdentity.UNKNOWN.isRunning(process.pid(), ProcessCookie.unique()));
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sleep", "600");
        builder.environment().putAll(Map.of(cookie.variable(), cookie.value()));
        return builder.start();
    }
}
