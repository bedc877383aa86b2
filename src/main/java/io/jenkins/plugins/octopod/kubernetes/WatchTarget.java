package io.jenkins.plugins.octopod.kubernetes;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;

/** Where the stagings of a project are in its cluster. Made by {@link ClusterProperty#targetOf}. */
@ModuleInternal
public final class WatchTarget {

    private final ClusterProperty property;
    private final ProjectIdentity project;

    WatchTarget(ClusterProperty property, ProjectIdentity project) {
        this.property = property;
        this.project = project;
    }

    /**
     * The namespace of a staging by its name.
     *
     * @throws IllegalArgumentException if the pattern can’t be filled in, or what comes of it isn’t the name of a namespace;
     *     the message is a sentence
     */
    public String namespace(String name) {
        return property.namespaceOf(name, project);
    }

    /**
     * The label selector of a staging by its name.
     *
     * @throws IllegalArgumentException if the pattern can’t be filled in; the message is a sentence
     */
    public String selector(String name) {
        return ClusterProperty.expand(property.getSelector(), name, project);
    }
}
