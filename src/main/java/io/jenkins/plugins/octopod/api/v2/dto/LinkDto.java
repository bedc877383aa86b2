package io.jenkins.plugins.octopod.api.v2.dto;

import io.jenkins.plugins.octopod.engine.StagingLink;

/**
 * A link that {@code info} printed.
 *
 * @param safe whether the link is safe to follow; {@code info} can print any URL
 */
public record LinkDto(String name, String url, boolean safe) {

    static LinkDto of(StagingLink link) {
        return new LinkDto(link.name(), link.url(), link.isSafe());
    }
}
