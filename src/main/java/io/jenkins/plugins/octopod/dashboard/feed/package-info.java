/**
 * Data that open pages request repeatedly as JSON: the stagings that the viewer can see, and the changes since the last
 * request. It depends on no page.
 */
package io.jenkins.plugins.octopod.dashboard.feed;
