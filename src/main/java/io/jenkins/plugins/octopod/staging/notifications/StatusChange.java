package io.jenkins.plugins.octopod.staging.notifications;

import io.jenkins.plugins.octopod.engine.Status;

/** What a script is to be told of. */
record StatusChange(Status before, Status now) {}
