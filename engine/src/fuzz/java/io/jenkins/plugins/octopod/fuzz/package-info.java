/**
 * What fuzz targets share, in the builds of {@code engine/} and of the plugin. A target is a class whose name ends in {@code Fuzz}. It
 * stands beside the tests of the code that it is about, and has a method {@code fuzzerTestOneInput}, which Jazzer calls with what it
 * makes up. Uses {@code engine} only.
 */
package io.jenkins.plugins.octopod.fuzz;
