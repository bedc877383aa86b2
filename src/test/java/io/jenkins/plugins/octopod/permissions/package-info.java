/** Who may do what, by every way that there is: a table of roles and addresses, and tests that go through it. */
package io.jenkins.plugins.octopod.permissions;
