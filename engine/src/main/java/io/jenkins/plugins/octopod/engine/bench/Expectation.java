package io.jenkins.plugins.octopod.engine.bench;

import java.util.Optional;

/** One thing that the contract asks of a run of a script. */
@FunctionalInterface
interface Expectation {

    /** What isn't as it should be and how to mend it, in a sentence or two for the script's author; empty if it is. */
    Optional<String> breach(Attempt attempt);
}
