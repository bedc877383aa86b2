package io.jenkins.plugins.octopod.engine;

/**
 * A version that can be deployed, as the script {@code tags} prints it.
 *
 * @param tag value of the project's tag key
 * @param description text for users; empty if there is none
 */
public record SuggestedTag(String tag, String description) {}
