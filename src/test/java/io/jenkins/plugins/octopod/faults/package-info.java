/** What people see after faults: processes that are killed, disks that are full, a crowd that wants the same thing. */
package io.jenkins.plugins.octopod.faults;
