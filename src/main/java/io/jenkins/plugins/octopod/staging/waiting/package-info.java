/**
 * The request that waits until its staging is free, and its file. Contains values, like {@code staging.state}, and does
 * not depend on the item.
 */
package io.jenkins.plugins.octopod.staging.waiting;
