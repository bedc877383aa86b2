package io.jenkins.plugins.octopod.dashboard.feed;

/**
 * View model of a user or Pipeline that requested something.
 *
 * @param id id to compare
 * @param name name to show
 */
record UserView(String id, String name) {}
