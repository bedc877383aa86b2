package io.jenkins.plugins.octopod.engine;

import java.io.Serializable;
import java.util.Objects;

/**
 * What every control script but {@code init} is told of the project.
 *
 * @param projectName {@code --project-name}
 * @param baseDomain {@code --base-domain}
 * @param namespace {@code --namespace}
 */
public record ProjectIdentity(String projectName, String baseDomain, String namespace) implements Serializable {

    public ProjectIdentity {
        Objects.requireNonNull(projectName);
        Objects.requireNonNull(baseDomain);
        Objects.requireNonNull(namespace);
    }
}
