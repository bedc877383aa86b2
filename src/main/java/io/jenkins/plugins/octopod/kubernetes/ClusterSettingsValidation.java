package io.jenkins.plugins.octopod.kubernetes;

import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Validation of a project’s cluster settings, and its error messages. */
final class ClusterSettingsValidation {

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Whatever a staging and a project may be called. */
    private static final String SOME_NAME = "orange-button";

    private static final ProjectIdentity SOME_PROJECT = new ProjectIdentity("shop", "", "shop");

    private ClusterSettingsValidation() {}

    /** Says nothing to those who may not configure the project. */
    static FormValidation ifConfigurable(Item item, Supplier<FormValidation> check) {
        return item != null && item.hasPermission(Item.CONFIGURE) ? check.get() : FormValidation.ok();
    }

    /** Refuses what the form would have marked as an error, for forms that are sent all the same and for what is no form. */
    static void requireValid(ClusterProperty typed) throws FormException {
        require(checkServer(typed.getServer()), "server");
        require(checkNamespace(typed.getNamespace()), "namespace");
        require(checkSelector(typed.getSelector()), "selector");
    }

    private static void require(FormValidation validation, String field) throws FormException {
        if (validation.kind == FormValidation.Kind.ERROR) {
            throw new FormException(field + ": " + validation.getMessage(), field);
        }
    }

    /** What the form would mark as an error. */
    static Optional<FormValidation> firstError(ClusterProperty typed) {
        return Stream.of(
                        checkServer(typed.getServer()),
                        checkNamespace(typed.getNamespace()),
                        checkSelector(typed.getSelector()))
                .filter(validation -> validation.kind == FormValidation.Kind.ERROR)
                .findFirst();
    }

    static FormValidation checkServer(String server) {
        String trimmed = Util.fixEmptyAndTrim(server);
        if (trimmed == null) {
            return FormValidation.ok();
        }
        try {
            URI uri = URI.create(trimmed);
            String scheme = Util.fixNull(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && Set.of("http", "https").contains(scheme)) {
                return scheme.equals("https")
                        ? FormValidation.ok()
                        : FormValidation.warning(Messages.ClusterProperty_plainHttp());
            }
        } catch (IllegalArgumentException e) {
            // As whatever else isn't one.
        }
        return FormValidation.error(Messages.ClusterProperty_notAnAddress(trimmed));
    }

    static FormValidation checkNamespace(String pattern) {
        return check(Util.fixNull(Util.fixEmptyAndTrim(pattern), ClusterProperty.DEFAULT_NAMESPACE), filledIn -> {
            if (!NAMESPACE.matcher(filledIn).matches()) {
                throw new IllegalArgumentException(Messages.ClusterProperty_notANamespace(filledIn));
            }
        });
    }

    static FormValidation checkSelector(String pattern) {
        return check(
                Util.fixNull(Util.fixEmptyAndTrim(pattern), ClusterProperty.DEFAULT_SELECTOR), LabelSelector::parse);
    }

    private static FormValidation check(String pattern, Consumer<String> rule) {
        try {
            rule.accept(ClusterProperty.expand(pattern, SOME_NAME, SOME_PROJECT));
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
