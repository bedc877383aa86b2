/**
 * The API of Jenkins’ own, over all projects, below {@code stagings/api/v2} of Jenkins. {@code docs/openapi.yaml} describes it,
 * and is what a client is written from: whatever changes here changes there.
 */
package io.jenkins.plugins.octopod.api.v2;
