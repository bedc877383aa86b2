/**
 * JSON objects of the API, one record each, whose components have the same names. Unknown values are null, and never
 * left out.
 */
package io.jenkins.plugins.octopod.api.v2.dto;
