/**
 * The HTTP APIs, which go through the façade in {@code staging} as every entry point does; a package for each
 * version. Nothing may depend on them.
 */
package io.jenkins.plugins.octopod.api;
