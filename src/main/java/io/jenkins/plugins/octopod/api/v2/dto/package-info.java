/**
 * What the API sends and gets, a record for each JSON object: the names of their components are those of the wire. What isn’t known
 * is null there, and never left out.
 */
package io.jenkins.plugins.octopod.api.v2.dto;
