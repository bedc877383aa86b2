package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as people type them, and names made from branches. */
class StagingNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a1", "orange-button", "a--b", "a234567890123456"})
    void takesDnsLabelsThatStartWithALetter(String name) throws RefusalException {
        assertEquals(name, StagingName.of(name, 16).value());
        assertEquals(name, StagingName.of(name, 16).toString());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void asksForAName(String name) {
        assertRefused("Give the staging a name, such as “orange-button”.", name);
    }

    @Test
    void saysThatANameIsTooShort() {
        assertRefused("The name “a” is too short: it needs at least 2 characters.", "a");
    }

    @Test
    void saysThatANameIsTooLong() {
        assertRefused(
                "The name “a2345678901234567” is too long: 17 characters, where this project allows 16.",
                "a2345678901234567");
        assertRefused(
                "The name “" + "a".repeat(60) + "…” is too long: 1000 characters, where this project allows 16.",
                "a".repeat(1000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Orange", "1a", "-a", "a-", "a_b", "a.b", "a/b", "a b", "ärger", "a\u0131", "ab\n", "../etc", "a;id"
            })
    void saysWhatCharactersANameHas(String name) {
        assertRefused(
                "The name “" + name.replace('\n', ' ')
                        + "” can’t be used: a name has only lower-case letters (a–z), digits and hyphens,"
                        + " starts with a letter and doesn’t end with a hyphen.",
                name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "orange-button", "fix-header", "dev-2", "v1", "release-2024-10"})
    void aBranchThatIsAValidNameIsKept(String branch) throws RefusalException {
        assertEquals(branch, StagingName.fromBranch(branch, 16).value());
    }

    /** Changing any of these would give every team with such a branch a second staging beside the first. */
    @ParameterizedTest
    @CsvSource({
        "feature/orange-button, 16, feature-o-g2v7ml",
        "Feature/Orange-Button, 30, feature-orange-button-k4rq66",
        "123-fix, 16, fix-z86qxq",
        "ÄÖÜ, 16, s-qsnh2s",
        "a, 16, a-z4hhb2",
        "---, 16, s-tfssj0",
        "a-------------------b, 16, a-b-vd2gb2",
        "abcdefghi-/-x, 16, abcdefghi-xfpnsg",
        "feature/x, 10, fea-b3x8t4",
    })
    void anyOtherKeepsWhatCanBeReadAndGetsAHash(String branch, int maxLength, String expected) throws RefusalException {
        assertEquals(expected, StagingName.fromBranch(branch, maxLength).value());
    }

    @ParameterizedTest
    @CsvSource({
        "Orange Button, 16, orange-button",
        "feature/Orange_Button, 16, feature-orange-b",
        "a very long name with words, 12, a-very-long",
        "2nd-try, 16, nd-try",
        "x--, 16, ",
        "---, 16, ",
        "ÄÖÜ, 16, ",
    })
    void theNearestNameIsOfferedWhereThereIsOne(String typed, int maxLength, String expected) {
        assertEquals(
                Optional.ofNullable(expected),
                StagingName.nearest(typed, maxLength).map(StagingName::value));
    }

    @Test
    void aBranchAlwaysGetsTheSameName() throws RefusalException {
        assertEquals(
                StagingName.fromBranch("feature/a", 16).value(),
                StagingName.fromBranch("feature/a", 16).value());
    }

    @Test
    void aValidNameThatLooksHashedIsHashedToo() throws RefusalException {
        StagingName made = StagingName.fromBranch("feature/a", 30);
        StagingName again = StagingName.fromBranch(made.value(), 30);
        assertTrue(again.value().startsWith(made.value() + "-"), again.value());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void noBranchIsRefused(String branch) {
        RefusalException refusal = assertThrows(RefusalException.class, () -> StagingName.fromBranch(branch, 16));
        assertEquals("There is no branch name to make the staging’s name from: set “name”.", refusal.getMessage());
        assertEquals(Reason.INVALID_NAME, refusal.getReason());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, StagingName.MIN_LENGTH_LIMIT - 1})
    void aLimitWithoutRoomForTheHashIsAMistake(int maxLength) {
        assertThrows(IllegalArgumentException.class, () -> StagingName.fromBranch("feature/a", maxLength));
        assertThrows(IllegalArgumentException.class, () -> StagingName.fromBranch("ab", maxLength));
    }

    private static void assertRefused(String sentence, String name) {
        RefusalException refusal = assertThrows(RefusalException.class, () -> StagingName.of(name, 16));
        assertEquals(sentence, refusal.getMessage());
        assertEquals(Reason.INVALID_NAME, refusal.getReason());
    }
}
