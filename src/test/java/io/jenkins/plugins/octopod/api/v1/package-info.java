/** The original’s API, asked as its command asks. */
package io.jenkins.plugins.octopod.api.v1;
