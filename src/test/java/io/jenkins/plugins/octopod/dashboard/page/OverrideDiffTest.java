package io.jenkins.plugins.octopod.dashboard.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.dashboard.page.OverrideDiff.Kind;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverrideDiffTest {

    private static List<OverrideDiff> between(String before, String after) throws RefusalException {
        return OverrideDiff.between(Overrides.parse(before), Overrides.parse(after));
    }

    @Test
    void whatIsTheSameIsNoChange() throws Exception {
        assertEquals(List.of(), between("a=1\n-b", "-b\na=1"));
        assertEquals(List.of(), between("", ""));
    }

    @Test
    void everyKindIsToldApart() throws Exception {
        assertEquals(
                List.of(
                        new OverrideDiff("set", Kind.CHANGED, "1", "2"),
                        new OverrideDiff("new", Kind.ADDED, null, "x"),
                        new OverrideDiff("gone", Kind.REMOVED, "y", null),
                        new OverrideDiff("back", Kind.ADDED, null, "z"),
                        new OverrideDiff("off", Kind.REMOVED, null, null),
                        new OverrideDiff("undone", Kind.RESET, "w", null),
                        new OverrideDiff("there", Kind.RESET, null, null)),
                between("undone=w\nset=1\ngone=y\n-back\n-there", "set=2\nnew=x\n-gone\nback=z\n-off"));
    }

    @Test
    void anEmptyValueIsOne() throws Exception {
        assertEquals(List.of(new OverrideDiff("a", Kind.CHANGED, "", "1")), between("a=", "a=1"));
        assertEquals(List.of(new OverrideDiff("a", Kind.ADDED, null, "")), between("", "a="));
    }
}
