package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StagingActionTest {

    @ParameterizedTest
    @CsvSource({
        "CREATE, create, CreatePending, true",
        "UPDATE, update, UpdatePending, true",
        "ARCHIVE, archive, ArchivePending, false",
        "RESTORE, unarchive, CreatePending, true",
        "CLEANUP, cleanup, , false",
    })
    void runsAScriptAndMovesToAPendingStatus(
            StagingAction action, String script, Status pending, boolean checkedAndDeploying) {
        assertEquals(script, action.script().fileName());
        assertEquals(pending, action.pendingStatus());
        assertEquals(checkedAndDeploying, action.isConfigChecked());
        assertEquals(checkedAndDeploying, action.isDeploying());
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void createIsOnlyForWhatIsNotThere(Status status) {
        assertFalse(StagingAction.CREATE.isAllowedFrom(status));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void aStatusIsPendingFailingArchivedOrRunning(Status status) {
        int kinds = (status.isPending() ? 1 : 0)
                + (status.isFailure() ? 1 : 0)
                + (status.isArchived() ? 1 : 0)
                + (status == Status.Running ? 1 : 0);
        assertEquals(1, kinds);
    }

    @Test
    void theWordsOfTheContract() {
        assertEquals(9, Status.values().length);
        assertTrue(Status.valueOf("CleanupFailed").isArchived());
    }
}
