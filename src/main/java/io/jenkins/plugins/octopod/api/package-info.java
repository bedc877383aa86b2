/**
 * What the HTTP APIs have in common: how a request is read, refused and answered. Each version is a package of its own, which
 * goes through the façade in {@code staging} as every entry point does. Nothing may depend on them.
 */
package io.jenkins.plugins.octopod.api;
