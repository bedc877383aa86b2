package io.jenkins.plugins.octopod.api.v2.forms;

import io.jenkins.plugins.octopod.engine.StagingLink;

/**
 * A link as {@code info} has printed it.
 *
 * @param safe whether it may be followed: the URL of another may be anything
 */
public record LinkForm(String name, String url, boolean safe) {

    static LinkForm of(StagingLink link) {
        return new LinkForm(link.name(), link.url(), link.isSafe());
    }
}
