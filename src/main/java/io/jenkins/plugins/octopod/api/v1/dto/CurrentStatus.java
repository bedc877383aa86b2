package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.engine.CheckResult;

/** Current result of {@code check}: {@code Ok} or {@code Error}. */
public record CurrentStatus(String status) {

    public static CurrentStatus of(CheckResult result) {
        return new CurrentStatus(result == CheckResult.OK ? "Ok" : "Error");
    }
}
