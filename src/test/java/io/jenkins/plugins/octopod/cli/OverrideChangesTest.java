package io.jenkins.plugins.octopod.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.cli.options.OverrideChanges;
import io.jenkins.plugins.octopod.engine.Overrides;
import org.junit.jupiter.api.Test;
import org.kohsuke.args4j.CmdLineException;

class OverrideChangesTest {

    @Test
    void setsRemovesAndUndoes() throws Exception {
        OverrideChanges change = new OverrideChanges();
        change.set("A=1=2");
        change.remove("B");
        change.unset(" c . d ");
        assertTrue(change.isUnsetting());
        assertEquals(Overrides.parse("X=x\nA=1=2\n-B"), change.appliedTo(Overrides.parse("X=x\nc.d=old\nA=old")));
        assertEquals(Overrides.parse("A=1=2\n-B"), change.overrides());
    }

    @Test
    void theLaterOfTwoHolds() throws Exception {
        OverrideChanges change = new OverrideChanges();
        change.unset("A");
        change.set("A=");
        assertFalse(change.isUnsetting());
        assertEquals(Overrides.parse("A="), change.appliedTo(Overrides.parse("A=old")));
        change.unset("A");
        assertEquals(Overrides.NONE, change.appliedTo(Overrides.parse("A=old")));
        OverrideChanges tagged = change.then(Overrides.parse("A=tag"));
        assertFalse(tagged.isUnsetting());
        assertEquals(Overrides.parse("A=tag"), tagged.appliedTo(Overrides.NONE));
    }

    @Test
    void whatIsNoPairIsRefusedWithASentence() {
        OverrideChanges change = new OverrideChanges();
        assertEquals(
                "“A” has no value: write KEY=VALUE.",
                assertThrows(CmdLineException.class, () -> change.set("A")).getMessage());
        // Nothing of it reaches the terminal as a command to it.
        assertEquals(
                "“a b” has no value: write KEY=VALUE.",
                assertThrows(CmdLineException.class, () -> change.set("a\n\u001b[2Jb"))
                        .getMessage());
        assertTrue(assertThrows(CmdLineException.class, () -> change.set("=1"))
                .getMessage()
                .startsWith("An override has no key"));
        assertThrows(CmdLineException.class, () -> change.unset(" . "));
    }
}
