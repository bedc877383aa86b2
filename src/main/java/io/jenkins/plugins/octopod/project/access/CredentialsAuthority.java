package io.jenkins.plugins.octopod.project.access;

/** What decides which credentials a request may name in an override. */
public enum CredentialsAuthority {
    /** The permissions of the current user. */
    USER,
    /** What the project lists, as the request is for no user. */
    PROJECT
}
