package io.jenkins.plugins.octopod.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Optional;

/** Value of an override that refers to a credential: {@code credentials:ID}. */
final class CredentialReference {

    private static final String PREFIX = "credentials:";

    private CredentialReference() {}

    /** Returns the id of the credential; empty for any other value, and for null. */
    static Optional<String> id(@CheckForNull String value) {
        return value != null && value.startsWith(PREFIX)
                ? Optional.of(value.substring(PREFIX.length()).trim())
                : Optional.empty();
    }
}
