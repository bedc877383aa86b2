/**
 * The stagings of builds and jobs: on the pages of other plugins’ items, kept current, and in their exported data. Uses
 * the models of {@code dashboard.model} and {@code dashboard.page}.
 */
package io.jenkins.plugins.octopod.dashboard.build;
