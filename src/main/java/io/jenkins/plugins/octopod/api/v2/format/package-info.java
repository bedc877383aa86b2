/** Formats of URLs, enums and times in responses. Uses no other package of the API. */
package io.jenkins.plugins.octopod.api.v2.format;
