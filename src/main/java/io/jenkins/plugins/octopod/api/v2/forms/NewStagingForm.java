package io.jenkins.plugins.octopod.api.v2.forms;

/** A staging that is to be created. */
public record NewStagingForm(String name, OverridesForm overrides) {

    /** @throws IllegalArgumentException with a sentence, if something is missing */
    public NewStagingForm {
        if (name == null || overrides == null) {
            throw new IllegalArgumentException(Messages.NewStagingForm_expected());
        }
    }
}
