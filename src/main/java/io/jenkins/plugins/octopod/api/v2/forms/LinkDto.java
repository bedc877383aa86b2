package io.jenkins.plugins.octopod.api.v2.forms;

import io.jenkins.plugins.octopod.engine.StagingLink;

/**
 * A link as {@code info} has printed it.
 *
 * @param safe whether it may be followed: the URL of another may be anything
 */
public record LinkDto(String name, String url, boolean safe) {

    static LinkDto of(StagingLink link) {
        return new LinkDto(link.name(), link.url(), link.isSafe());
    }
}
