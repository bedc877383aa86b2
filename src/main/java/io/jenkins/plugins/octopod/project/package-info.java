/**
 * The Octopod project: a folder item, its settings and their validation. It contains children, but doesn’t know
 * stagings. May use {@code scripts} and {@code engine} only.
 */
package io.jenkins.plugins.octopod.project;
