package io.jenkins.plugins.octopod.dashboard.feed;

/**
 * Who did something.
 *
 * @param id to compare by
 * @param name to show
 */
record UserView(String id, String name) {}
