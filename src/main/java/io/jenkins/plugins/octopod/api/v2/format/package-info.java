/**
 * How URLs, enums and times are written in responses. Uses no other package of the API.
 */
package io.jenkins.plugins.octopod.api.v2.format;
