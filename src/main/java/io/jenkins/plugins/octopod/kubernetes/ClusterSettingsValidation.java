package io.jenkins.plugins.octopod.kubernetes;

import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import io.jenkins.plugins.octopod.engine.cluster.NameTemplate;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterEndpoint;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterException;
import io.jenkins.plugins.octopod.kubernetes.client.ServerAddress;
import io.jenkins.plugins.octopod.project.ProjectSettingsValidation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Validation of a project’s cluster settings, and its error messages. */
final class ClusterSettingsValidation {

    /** Example of a name, valid for a staging. */
    private static final String SOME_NAME = "orange-button";

    /** Stands for a staging’s name. It is unlikely to be part of a pattern by accident. */
    private static final String MARK = "octopod-name-of-the-staging";

    private static final ProjectIdentity SOME_PROJECT = new ProjectIdentity("shop", "", "shop");

    private ClusterSettingsValidation() {}

    /**
     * Refuses settings with an error that the form would show. Forms can be submitted despite errors, and settings can
     * come from elsewhere.
     */
    static void requireValid(ClusterProperty typed) throws FormException {
        for (Map.Entry<String, FormValidation> check : checks(typed).entrySet()) {
            if (check.getValue().kind == FormValidation.Kind.ERROR) {
                throw new FormException(check.getKey() + ": " + check.getValue().getMessage(), check.getKey());
            }
        }
    }

    /** Returns the first error that the form would show. */
    static Optional<FormValidation> firstError(ClusterProperty typed) {
        return checks(typed).values().stream()
                .filter(validation -> validation.kind == FormValidation.Kind.ERROR)
                .findFirst();
    }

    /** Returns the results of all checks by name of the setting. */
    private static Map<String, FormValidation> checks(ClusterProperty typed) {
        Map<String, FormValidation> checks = new LinkedHashMap<>();
        checks.put("server", checkServer(typed.getServer()));
        checks.put("namespace", checkNamespace(typed.getNamespace()));
        checks.put("selector", checkSelector(typed.getSelector(), typed.getNamespace()));
        checks.put("credentialsId", checkAccount(typed.getServer(), typed.getCredentialsId()));
        return checks;
    }

    /** Refuses the use of Jenkins’ own service account, unless an administrator allows it. */
    static FormValidation checkAccount(String server, String credentialsId) {
        try {
            new ClusterEndpoint(Util.fixEmptyAndTrim(server), null, Util.fixEmptyAndTrim(credentialsId))
                    .requireAllowed();
            return FormValidation.ok();
        } catch (ClusterException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation checkServer(String server) {
        String trimmed = Util.fixEmptyAndTrim(server);
        if (trimmed == null) {
            return FormValidation.ok();
        }
        try {
            return ServerAddress.require(trimmed).startsWith("https:")
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ClusterProperty_plainHttp());
        } catch (ClusterException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation checkNamespace(String pattern) {
        return check(() -> requireNamespace(ClusterProperty.expand(namespace(pattern), SOME_NAME, SOME_PROJECT)));
    }

    /**
     * Checks the selector.
     *
     * @param namespace pattern of the namespace, which also limits what the selector can select
     */
    static FormValidation checkSelector(String pattern, String namespace) {
        String selector = Util.fixNull(Util.fixEmptyAndTrim(pattern), ClusterProperty.DEFAULT_SELECTOR);
        return check(() -> requireOwnSelector(selector, namespace(namespace), SOME_PROJECT));
    }

    private static String namespace(String pattern) {
        return Util.fixNull(Util.fixEmptyAndTrim(pattern), ClusterProperty.DEFAULT_NAMESPACE);
    }

    private static FormValidation check(Runnable rule) {
        try {
            rule.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /**
     * Returns the namespace. The client puts it into URLs unchanged, so any other text could lead to a different URL.
     *
     * @throws IllegalArgumentException if it isn’t a valid name of a namespace; the message is a sentence
     */
    static String requireNamespace(String filledIn) {
        String problem = ProjectSettingsValidation.namespaceProblem(filledIn);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return filledIn;
    }

    /**
     * Refuses a selector that could select objects of others. It must require a label whose value contains the
     * staging’s name. If the namespace’s name contains the staging’s name, it can require any value of a label.
     *
     * @param pattern pattern of the selector
     * @param namespace pattern of the namespace
     * @throws IllegalArgumentException if the selector is refused; the message is a sentence
     */
    static void requireOwnSelector(String pattern, String namespace, ProjectIdentity project) {
        LabelSelector selector = LabelSelector.parse(ClusterProperty.expand(pattern, MARK, project));
        if (!selector.isPositive()) {
            throw new IllegalArgumentException(Messages.ClusterProperty_openSelector(pattern));
        }
        if (!selector.requires(MARK) && !new NameTemplate(namespace).hasName()) {
            throw new IllegalArgumentException(Messages.ClusterProperty_foreignSelector(pattern));
        }
    }
}
