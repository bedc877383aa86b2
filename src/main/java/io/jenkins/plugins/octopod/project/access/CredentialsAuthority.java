package io.jenkins.plugins.octopod.project.access;

/** Authority that determines which credentials a request may use in an override. */
public enum CredentialsAuthority {
    /** The permissions of the current user. */
    USER,
    /** The project’s list, because the request has no user. */
    PROJECT
}
