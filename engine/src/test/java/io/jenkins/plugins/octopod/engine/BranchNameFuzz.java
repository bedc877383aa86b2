package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.List;
import java.util.Optional;

/** Each branch gets a valid name, and no other branch’s, or is refused with a sentence; so is each typed name. */
public final class BranchNameFuzz {

    private BranchNameFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzInput fuzzInput = new FuzzInput(input);
        int maxLength = fuzzInput.nextNumber(StagingName.MIN_LENGTH_LIMIT, StagingName.MAX_LENGTH_LIMIT);
        List<String> branches = fuzzInput.texts(2);
        Optional<String> first = fromBranch(branches.get(0), maxLength);
        Optional<String> second = fromBranch(branches.get(1), maxLength);
        if (first.isPresent() && !branches.get(0).equals(branches.get(1))) {
            assertNotEquals(first, second, "two branches have one name");
        }
        first.filter(name -> !name.equals(branches.get(0)))
                .ifPresent(name -> assertNotEquals(first, fromBranch(name, maxLength), "a branch has a hashed name"));
        typed(branches.get(0), maxLength);
    }

    private static Optional<String> fromBranch(String branch, int maxLength) {
        try {
            String name = StagingName.fromBranch(branch, maxLength).value();
            assertEquals(name, StagingName.of(name, maxLength).value(), "a name from a branch is valid");
            assertTrue(name.matches("[a-z][a-z0-9-]*[a-z0-9]") && name.length() <= maxLength, name);
            return Optional.of(name);
        } catch (RefusalException e) {
            assertRefused(e);
            return Optional.empty();
        }
    }

    private static void typed(String name, int maxLength) {
        StagingName.nearest(name, maxLength).ifPresent(near -> fromBranch(near.value(), maxLength));
        try {
            assertEquals(name, StagingName.of(name, maxLength).value());
            assertTrue(name.matches("[a-z][a-z0-9-]*[a-z0-9]") && name.length() <= maxLength, name);
        } catch (RefusalException e) {
            assertRefused(e);
        }
    }

    private static void assertRefused(RefusalException e) {
        assertEquals(Reason.INVALID_NAME, e.getReason());
        Sentences.assertOneLine(e.getMessage());
    }
}
