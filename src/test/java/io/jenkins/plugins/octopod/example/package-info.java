/** Code that the docs show, compiled and tried. */
package io.jenkins.plugins.octopod.example;
