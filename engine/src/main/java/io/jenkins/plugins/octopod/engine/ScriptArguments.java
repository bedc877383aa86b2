package io.jenkins.plugins.octopod.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Creates the argument lists of the contract, in its order. Arguments are never quoted, because no shell reads them.
 */
public final class ScriptArguments {

    private ScriptArguments() {}

    /** Returns the arguments of {@code deployment_config}, {@code deployment_config_keys} and {@code tags}. */
    public static List<String> project(ProjectIdentity project) {
        return List.of(
                "--project-name", project.projectName(),
                "--base-domain", project.baseDomain(),
                "--namespace", project.namespace());
    }

    /** Returns the arguments of {@code application_config} and {@code application_config_keys}. */
    public static List<String> deployment(ProjectIdentity project, Configuration deployment) {
        List<String> arguments = new ArrayList<>(project(project));
        addAll(arguments, "--deployment-config", deployment);
        return List.copyOf(arguments);
    }

    /** Returns the arguments of the scripts that work on one staging. */
    public static List<String> lifecycle(
            ProjectIdentity project, StagingName name, Configuration application, Configuration deployment) {
        List<String> arguments = staging(project, name);
        addAll(arguments, "--application-config", application);
        addAll(arguments, "--deployment-config", deployment);
        return List.copyOf(arguments);
    }

    /** Returns the arguments of {@code notifications}. */
    public static List<String> statusChange(
            ProjectIdentity project, StagingName name, Status oldStatus, Status newStatus) {
        List<String> arguments = staging(project, name);
        arguments.add("--old-status");
        arguments.add(oldStatus.name());
        arguments.add("--new-status");
        arguments.add(newStatus.name());
        return List.copyOf(arguments);
    }

    private static List<String> staging(ProjectIdentity project, StagingName name) {
        List<String> arguments = new ArrayList<>(project(project));
        arguments.add("--name");
        arguments.add(name.value());
        return arguments;
    }

    private static void addAll(List<String> arguments, String option, Configuration configuration) {
        configuration.asMap().forEach((key, value) -> {
            arguments.add(option);
            arguments.add(key + '=' + value);
        });
    }
}
