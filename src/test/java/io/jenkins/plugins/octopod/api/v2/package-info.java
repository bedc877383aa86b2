/** The API of Jenkins’ own, asked by a client that knows its description. */
package io.jenkins.plugins.octopod.api.v2;
