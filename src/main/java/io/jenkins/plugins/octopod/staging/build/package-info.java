/**
 * What builds have to do with stagings: the record of a build’s actions that is stored with the build, the stagings that
 * a job has deployed last, and what a branch source says about a job. Shows nothing, and requests nothing.
 */
package io.jenkins.plugins.octopod.staging.build;
