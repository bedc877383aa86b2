/**
 * The Stagings view: what people look at all day. Nothing may depend on it; it may use {@code staging} and what
 * is below.
 */
package io.jenkins.plugins.octopod.dashboard;
