/** Tests of the Groovy scripts with which {@code bin/run} sets up Jenkins. */
package io.jenkins.plugins.octopod.demo;
