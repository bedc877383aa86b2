package io.jenkins.plugins.octopod.api.v2.dto;

/** Staging to create. */
public record NewStagingDto(String name, OverridesDto overrides) {

    /**
     * Creates the staging’s description.
     *
     * @throws IllegalArgumentException if something is missing; the message is a sentence
     */
    public NewStagingDto {
        if (name == null || overrides == null) {
            throw new IllegalArgumentException(Messages.NewStagingDto_expected());
        }
    }
}
