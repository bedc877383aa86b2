package io.jenkins.plugins.octopod.project;

import hudson.model.Descriptor.FormException;

/**
 * Property of a project with its own validation rules. The rules apply to the form and to settings from other sources.
 */
public interface ValidatedProperty {

    /**
     * Refuses settings that the form refuses.
     *
     * @throws FormException if a rule is broken; the message is a sentence
     */
    void requireValid() throws FormException;
}
