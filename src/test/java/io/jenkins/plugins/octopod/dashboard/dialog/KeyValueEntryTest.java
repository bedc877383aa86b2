package io.jenkins.plugins.octopod.dashboard.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.octopod.dashboard.web.RefusalView.Field;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyValueEntryTest {

    /** JSON that somebody has written by hand can have null where the dialog sends none. */
    @Test
    void nullIsNoOverride() throws Exception {
        List<KeyValueEntry> entries = new ArrayList<>();
        entries.add(null);
        entries.add(new KeyValueEntry("image.tag", "v1"));
        assertEquals(
                "image.tag=v1", KeyValueEntry.read(entries, Field.DEPLOYMENT).toString());
        assertEquals("image.tag=v1", KeyValueEntry.readable(entries).toString());
    }

    @Test
    void nullIsNoStaging() {
        DialogSubmission submission = new DialogSubmission(
                DialogSubmission.Mode.CREATE, Collections.singletonList(null), null, null, null, false);
        assertThrows(RefusalException.class, () -> submission.tasks(null));
    }
}
