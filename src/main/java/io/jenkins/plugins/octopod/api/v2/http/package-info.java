/**
 * HTTP in the API: requests, query parameters, pages, conditional requests, byte ranges and problem details. Knows no
 * endpoint.
 */
package io.jenkins.plugins.octopod.api.v2.http;
