package io.jenkins.plugins.octopod.project.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.project.access.PipelineAccess.UsedBy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobPatternTest {

    @ParameterizedTest
    @CsvSource({
        "team-a/shop,       team-a/shop,            true",
        "/team-a/shop,      team-a/shop,            true",
        "team-a/shop,       team-a/shop/main,       false",
        "team-a/shop,       team-a,                 false",
        "team-a/*,          team-a/shop,            true",
        "team-a/*,          team-a/shop/main,       false",
        "team-a/*,          team-a/feature%2Fx,     true",
        "team-a/**,         team-a/shop/feature%2Fx, true",
        "team-a/**,         team-a-evil/shop,       false",
        "team-a/**,         evil/team-a/shop,       false",
        "team-a**,          team-a-evil,            true",
        "team-a**,          team-a/shop,            false",
        "**,                a/b/c,                  true",
        "**/deploy,         deploy,                 true",
        "**/deploy,         a/b/deploy,             true",
        "**/deploy,         a/b/deploys,            false",
        "a/**/z,            a/z,                    true",
        "a/**/z,            a/b/c/z,                true",
        "a/**/z,            a/b/c,                  false",
        "a/*b*c,            a/xbxbxc,               true",
        "a/*b*c,            a/xbxbx,                false",
        "a/b?c,             a/bxc,                  false",
        "'a/{x:(}',         a/anything,             false",
        "a/[b],             a/b,                    false",
        "Team-A/*,          team-a/x,               false"
    })
    void matches(String pattern, String name, boolean expected) {
        assertEquals(expected, new JobPattern(pattern).matches(name));
    }

    @ParameterizedTest
    @CsvSource({
        "team-a/shop,       team-a,                 true",
        "/team-a/**,        team-a,                 true",
        "/team-a/**,        team-a/shop,            true",
        "team-*/main,       team-a,                 true",
        "*/main,            team-a,                 true",
        "**/main,           team-a/shop,            true",
        "team-a/**/main,    team-a/shop,            true",
        "**,                team-a,                 true",
        "*,                 team-a,                 false",
        "team-a,            team-a,                 false",
        "team-a/,           team-a,                 false",
        "team-b/*,          team-a,                 false",
        "team-a/*,          team-a/shop,            false",
        "team-*/main,       team-a/shop,            false"
    })
    void matchesSomeIn(String pattern, String folder, boolean expected) {
        PipelineAccess access = new PipelineAccess();
        access.setUsedBy(UsedBy.LISTED);
        access.setJobs(pattern);
        assertEquals(expected, access.allowsSomeJobIn(folder, ""));
    }

    /** A library that makes a regular expression of this one needs longer than the universe has. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noPatternTakesLong() {
        String pattern = "t/" + "*a".repeat(200) + "*b";
        assertFalse(new JobPattern(pattern).matches("t/" + "a".repeat(10_000)));
        assertFalse(new JobPattern("**/".repeat(500) + "b").matches("a/".repeat(500) + "a"));
    }

    @Test
    void whatIsStoredIsBounded() {
        PipelineAccess access = new PipelineAccess();
        access.setUsedBy(UsedBy.LISTED);
        String most = "team/job\n".repeat(200);
        access.setJobs(most);
        assertTrue(access.allowsJob("team/job", ""));
        assertEquals(
                "At most 200 lines with 20000 characters in all: use patterns, or remove lines.",
                assertThrows(IllegalArgumentException.class, () -> access.setJobs(most + "one more"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> access.setCredentials("x".repeat(20_001)));
    }
}
