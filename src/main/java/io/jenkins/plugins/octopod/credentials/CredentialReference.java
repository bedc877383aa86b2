package io.jenkins.plugins.octopod.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Optional;

/** An override’s value that names a credential: {@code credentials:ID}. */
final class CredentialReference {

    private static final String PREFIX = "credentials:";

    private CredentialReference() {}

    /** The id of the credential that is named; empty for any other value, also for none. */
    static Optional<String> id(@CheckForNull String value) {
        return value != null && value.startsWith(PREFIX)
                ? Optional.of(value.substring(PREFIX.length()).trim())
                : Optional.empty();
    }
}
