package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.text.PrintableText;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of every branch's name. */
class BranchNameProperties {

    @Property
    void isValid(
            @ForAll("branches") String branch,
            @ForAll @IntRange(min = StagingName.MIN_LENGTH_LIMIT, max = StagingName.MAX_LENGTH_LIMIT) int maxLength)
            throws RefusalException {
        Assume.that(!branch.isBlank());
        StagingName name = StagingName.fromBranch(branch, maxLength);
        assertEquals(name, StagingName.of(name.value(), maxLength));
    }

    @Property
    void isStable(@ForAll("branches") String branch) throws RefusalException {
        Assume.that(!branch.isBlank());
        assertEquals(StagingName.fromBranch(branch, 16), StagingName.fromBranch(branch, 16));
    }

    /** The sets are small against the hash's width, and the random seed is fixed: no accident can fail this. */
    @Property(tries = 200, seed = "20261122")
    void isNoOtherBranchsName(@ForAll("branchSets") Set<String> branches) throws RefusalException {
        Map<String, String> branchByName = new HashMap<>();
        for (String branch : branches) {
            if (branch.isBlank()) {
                continue;
            }
            String other = branchByName.put(StagingName.fromBranch(branch, 16).value(), branch);
            assertEquals(null, other, "“" + other + "” and “" + branch + "” get the same name");
        }
    }

    @Property
    void isNotTheNameOfTheBranchThatIsCalledLikeIt(@ForAll("branches") String branch) throws RefusalException {
        Assume.that(!branch.isBlank());
        String name = StagingName.fromBranch(branch, 16).value();
        if (!name.equals(branch)) {
            assertTrue(!StagingName.fromBranch(name, 16).value().equals(name), name);
        }
    }

    @Property
    void aWordOrTwoAreKept(@ForAll("words") String first, @ForAll("words") String second) throws RefusalException {
        String branch = first + "-" + second;
        assertEquals(branch, StagingName.fromBranch(branch, 53).value());
    }

    /** Real-looking ones, near misses of each other, and anything at all. */
    @Provide
    Arbitrary<String> branches() {
        Arbitrary<String> near =
                Arbitraries.strings().withChars("aB1-_/.").ofMinLength(1).ofMaxLength(12);
        Arbitrary<String> plain =
                Arbitraries.strings().withChars("abcdxyz0189-").ofMinLength(1).ofMaxLength(20);
        return Arbitraries.oneOf(
                near,
                plain,
                Arbitraries.strings().ofMinLength(1).ofMaxLength(80).map(BranchNameProperties::storable));
    }

    /** What can't be stored is refused. */
    private static String storable(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .filter(character -> PrintableText.firstUnstorable(character).isEmpty())
                .collect(Collectors.joining());
    }

    @Provide
    Arbitrary<Set<String>> branchSets() {
        return branches().set().ofMaxSize(200);
    }

    /** Have a vowel in each five letters, as words do. */
    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .withChars("bcdfgnrst")
                .ofMinLength(1)
                .ofMaxLength(4)
                .map(consonants -> consonants + "u")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(syllables -> String.join("", syllables));
    }
}
