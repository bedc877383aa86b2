/** Elements of Job DSL scripts, if Job DSL is installed. Uses {@code project} only. Nothing may depend on it. */
package io.jenkins.plugins.octopod.jobdsl;
