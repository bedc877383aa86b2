/**
 * The Octopod project: a folder item, its settings and their validation. It knows that it holds children, and
 * not what a staging is; it may use {@code scripts} and {@code engine} only.
 */
package io.jenkins.plugins.octopod.project;
