/**
 * The Stagings view, which users look at all day. Nothing may depend on it. It may use {@code staging} and the packages
 * below.
 */
package io.jenkins.plugins.octopod.dashboard;
