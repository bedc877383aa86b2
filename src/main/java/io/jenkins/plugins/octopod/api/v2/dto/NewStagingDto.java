package io.jenkins.plugins.octopod.api.v2.dto;

/** A staging to be created. */
public record NewStagingDto(String name, OverridesDto overrides) {

    /** @throws IllegalArgumentException with a sentence, if something is missing */
    public NewStagingDto {
        if (name == null || overrides == null) {
            throw new IllegalArgumentException(Messages.NewStagingDto_expected());
        }
    }
}
