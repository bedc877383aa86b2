package io.jenkins.plugins.octopod.kubernetes;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;

/** Place of a project’s stagings in its cluster. Created by {@link ClusterProperty#targetOf}. */
@ModuleInternal
public final class WatchTarget {

    private final ClusterProperty property;
    private final ProjectIdentity project;

    WatchTarget(ClusterProperty property, ProjectIdentity project) {
        this.property = property;
        this.project = project;
    }

    /**
     * Returns the namespace of the staging with the given name.
     *
     * @throws IllegalArgumentException if the pattern is invalid, or its result isn’t a valid name of a namespace; the
     *     message is a sentence
     */
    public String namespace(String name) {
        return property.namespaceOf(name, project);
    }

    /**
     * Returns the label selector of the staging with the given name.
     *
     * @throws IllegalArgumentException if the pattern is invalid; the message is a sentence
     */
    public String selector(String name) {
        return ClusterProperty.expand(property.getSelector(), name, project);
    }
}
