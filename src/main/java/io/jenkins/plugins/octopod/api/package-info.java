/**
 * Common parts of the HTTP APIs: how requests are routed, read, refused and answered. Each version has its own package, which
 * uses the façade in {@code staging} like every entry point. Nothing may depend on the versions.
 */
package io.jenkins.plugins.octopod.api;
