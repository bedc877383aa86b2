package io.jenkins.plugins.octopod.permissions;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Runs many checks, and reports all that have failed instead of only the first. */
final class CheckList {

    private final List<Executable> failed = new ArrayList<>();

    interface Check {
        void run() throws Exception;
    }

    void run(Check check) throws Exception {
        try {
            check.run();
        } catch (AssertionError e) {
            failed.add(() -> {
                throw e;
            });
        }
    }

    void assertPassed() {
        assertAll(failed);
    }
}
