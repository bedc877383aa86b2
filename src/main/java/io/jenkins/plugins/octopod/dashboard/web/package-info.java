/** Requests and responses of pages: JSON and refusals with Stapler. Knows no page. */
package io.jenkins.plugins.octopod.dashboard.web;
