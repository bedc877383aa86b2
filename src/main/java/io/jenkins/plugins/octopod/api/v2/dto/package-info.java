/**
 * JSON objects of the API, one record each. The properties have the names of the record’s components. An unknown value is
 * {@code null}, and its property isn’t omitted.
 */
package io.jenkins.plugins.octopod.api.v2.dto;
