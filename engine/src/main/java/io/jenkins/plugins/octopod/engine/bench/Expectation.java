package io.jenkins.plugins.octopod.engine.bench;

import java.util.Optional;

/** Single requirement of the contract on a script's run. */
@FunctionalInterface
interface Expectation {

    /**
     * Describes the violation and how to fix it, in a sentence or two for the script's author; empty if there is none.
     */
    Optional<String> breach(Attempt attempt);
}
