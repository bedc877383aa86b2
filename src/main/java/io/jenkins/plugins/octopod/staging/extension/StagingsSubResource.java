package io.jenkins.plugins.octopod.staging.extension;

import hudson.ExtensionPoint;

/**
 * Extension point for an entry point below the URL {@code stagings/} of Jenkins, next to the page that has this URL.
 * Stapler dispatches the rest of the URL to the extension.
 */
public interface StagingsSubResource extends ExtensionPoint {

    /** Returns the part of the URL after {@code stagings/}. */
    String getUrlName();
}
