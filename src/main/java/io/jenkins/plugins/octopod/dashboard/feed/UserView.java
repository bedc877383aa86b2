package io.jenkins.plugins.octopod.dashboard.feed;

/**
 * View model of a user or build that requested something.
 *
 * @param id id of the user, with which the page finds the viewer’s own stagings; for a build, its name
 * @param name display name of the user; for a build, its name
 */
record UserView(String id, String name) {}
