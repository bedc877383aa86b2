package io.jenkins.plugins.octopod.project;

import hudson.model.Descriptor.FormException;

/** A project’s property that has rules of its own, which hold for the form and for what is written down elsewhere alike. */
public interface ValidatedProperty {

    /**
     * Refuses what the form refuses.
     *
     * @throws FormException if a rule is broken; the message is a sentence
     */
    void requireValid() throws FormException;
}
