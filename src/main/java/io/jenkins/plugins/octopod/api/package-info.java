/**
 * Room for the HTTP API in the original Octopod’s wire format, which goes through the façade in {@code
 * staging} as every entry point does. Nothing may depend on it.
 */
package io.jenkins.plugins.octopod.api;
