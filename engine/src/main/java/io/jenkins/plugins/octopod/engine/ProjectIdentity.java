package io.jenkins.plugins.octopod.engine;

import java.io.Serializable;
import java.util.Objects;

/**
 * Project data that every control script but {@code init} gets.
 *
 * @param projectName value of {@code --project-name}
 * @param baseDomain value of {@code --base-domain}
 * @param namespace value of {@code --namespace}
 */
public record ProjectIdentity(String projectName, String baseDomain, String namespace) implements Serializable {

    public ProjectIdentity {
        Objects.requireNonNull(projectName);
        Objects.requireNonNull(baseDomain);
        Objects.requireNonNull(namespace);
    }
}
