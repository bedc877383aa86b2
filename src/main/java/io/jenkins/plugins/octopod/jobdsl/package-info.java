/**
 * What Job DSL scripts can say, where Job DSL is installed. It knows {@code project} only; nothing may depend on it.
 */
package io.jenkins.plugins.octopod.jobdsl;
