package io.jenkins.plugins.octopod.staging.notifications;

import io.jenkins.plugins.octopod.engine.Status;

/** Change of a staging’s status that the {@code notifications} script runs for. */
record StatusChange(Status before, Status now) {}
