/**
 * Jenkins’ own API for all projects, below {@code stagings/api/v2} of Jenkins. {@code docs/openapi.yaml} describes it
 * for authors of clients, and must be changed with it.
 */
package io.jenkins.plugins.octopod.api.v2;
