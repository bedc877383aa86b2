/**
 * Changes of stagings, for clients that ask again and again: a journal of changes, the version that a viewer has
 * received, and an index of all projects. Depends on neither pages nor APIs.
 */
package io.jenkins.plugins.octopod.staging.journal;
