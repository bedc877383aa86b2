package io.jenkins.plugins.octopod.pipeline.pullrequest;

/** The optional plugin that publishes checks. This class refers to no class of that plugin. */
final class ChecksPlugin {

    static final String CHECKS = "checks-api";

    private ChecksPlugin() {}
}
