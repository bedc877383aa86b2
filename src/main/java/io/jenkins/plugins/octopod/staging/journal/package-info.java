/**
 * What has changed, for those who are asked again and again what there is: a journal of changes, what a viewer has seen of it,
 * and all projects, found once. Knows neither pages nor APIs.
 */
package io.jenkins.plugins.octopod.staging.journal;
