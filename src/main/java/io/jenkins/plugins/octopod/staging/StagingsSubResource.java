package io.jenkins.plugins.octopod.staging;

import hudson.ExtensionPoint;

/**
 * Something that is answered below {@code stagings/} of Jenkins, beside the page that is there: an entry point of its own, which
 * Stapler asks for the rest of the address.
 */
public interface StagingsSubResource extends ExtensionPoint {

    /** The part of the address that comes after {@code stagings/}. */
    String getUrlName();
}
