/**
 * The façade: {@code StagingService} and its sibling services, with the rules by which they accept or refuse. Entry
 * points and {@code staging.maintenance} use it; nothing below it does.
 */
package io.jenkins.plugins.octopod.staging.request;
