/**
 * What open pages ask for again and again: the stagings that the viewer may see as JSON, and what of them has changed since
 * they last asked. Knows nothing of pages.
 */
package io.jenkins.plugins.octopod.dashboard.feed;
