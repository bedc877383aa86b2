package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.model.labels.LabelExpression;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** Validation rules for a project’s settings, with their error messages. */
public final class ProjectSettingsValidation {

    /** Default in seconds. */
    static final int DEFAULT_SCRIPT_TIMEOUT = 1800;

    /** Default in seconds. */
    static final int DEFAULT_STATUS_TIMEOUT = 300;

    static final String DEFAULT_TAG_KEY = "image.tag";

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DOMAIN =
            Pattern.compile(DNS_LABEL.pattern() + "(\\." + DNS_LABEL.pattern() + ")*(:\\d{1,5})?");

    /** Limit in characters for a host name, which DNS limits to 253, and a port. The match recurses at each dot. */
    private static final int MAX_DOMAIN_LENGTH = 259;

    private static final Pattern PORT = Pattern.compile(":\\d+$");

    /** Limit in characters for the common name of a certificate. */
    private static final int MAX_COMMON_NAME_LENGTH = 64;

    /**
     * Limit in characters. Kubernetes adds a hyphen and a hash for a label of the pods, and a label can have 63
     * characters.
     */
    private static final int MAX_STATEFUL_SET_NAME_LENGTH = 52;

    /** Limit in characters that leaves space for what charts add to a staging’s name. */
    private static final int MAX_EXTENDED_NAME_LENGTH = 40;

    /** Limit in characters for quoted input. */
    private static final int MAX_QUOTED_LENGTH = 100;

    private ProjectSettingsValidation() {}

    /** Runs the check only for users who may configure the project. */
    public static FormValidation ifConfigurable(Item item, Supplier<FormValidation> check) {
        return item != null && item.hasPermission(Item.CONFIGURE) ? check.get() : FormValidation.ok();
    }

    static ListBoxModel controlScripts(Item item, String current) {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.ProjectSettingsValidation_onlyControlScripts(), "");
        boolean configurable = item != null && item.hasPermission(Item.EXTENDED_READ);
        if (configurable) {
            for (ControlScripts tool : Jenkins.get()
                    .getDescriptorByType(ControlScripts.DescriptorImpl.class)
                    .getInstallations()) {
                items.add(tool.getName());
            }
        }
        boolean listed = items.stream().anyMatch(option -> option.value.equals(Util.fixNull(current)));
        if (!listed) {
            items.add(current);
        }
        return items;
    }

    /**
     * Returns matching labels. They can reveal which machines exist, so only users who may configure the project get
     * them.
     */
    static AutoCompletionCandidates agentLabels(Item item, String typed) {
        boolean configurable = item != null && item.hasPermission(Item.CONFIGURE);
        return configurable ? LabelExpression.autoComplete(typed) : new AutoCompletionCandidates();
    }

    static FormValidation checkControlScripts(String name) {
        if (ControlScripts.find(name).isPresent()) {
            return FormValidation.ok();
        }
        if (Util.fixEmpty(name) != null) {
            return FormValidation.error(Messages.ProjectSettingsValidation_unknownControlScripts(name));
        }
        return FormValidation.warning(Messages.ProjectSettingsValidation_chooseControlScripts());
    }

    static FormValidation checkProjectName(String name) {
        return Util.fixEmptyAndTrim(name) == null
                ? FormValidation.error(Messages.ProjectSettingsValidation_projectNameMissing())
                : FormValidation.ok();
    }

    static FormValidation checkBaseDomain(String domain) {
        String trimmed = Util.fixEmptyAndTrim(domain);
        if (trimmed == null) {
            return FormValidation.warning(Messages.ProjectSettingsValidation_baseDomainMissing());
        }
        return trimmed.length() <= MAX_DOMAIN_LENGTH && DOMAIN.matcher(trimmed).matches()
                ? FormValidation.ok()
                : FormValidation.error(
                        Messages.ProjectSettingsValidation_notADomain(QuotedText.of(trimmed, MAX_QUOTED_LENGTH)));
    }

    static FormValidation checkNamespace(String namespace) {
        String trimmed = Util.fixEmptyAndTrim(namespace);
        if (trimmed == null) {
            return FormValidation.error(Messages.ProjectSettingsValidation_namespaceMissing());
        }
        String problem = namespaceProblem(trimmed);
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }

    /** Returns a sentence that says why the text can’t be a namespace; null if it can. */
    @CheckForNull
    public static String namespaceProblem(String namespace) {
        return DNS_LABEL.matcher(namespace).matches()
                ? null
                : Messages.ProjectSettingsValidation_notANamespace(QuotedText.of(namespace, MAX_QUOTED_LENGTH));
    }

    static FormValidation checkTimeout(String seconds) {
        return FormValidation.validatePositiveInteger(Util.fixNull(seconds).trim());
    }

    /** Checks the length. Warns if it can exceed the limits of Kubernetes and certificates. */
    static FormValidation checkMaxNameLength(String length, @CheckForNull String baseDomain) {
        FormValidation range = checkNameLengthRange(length);
        if (range.kind != FormValidation.Kind.OK) {
            return range;
        }
        int nameLength = Integer.parseInt(length.trim());
        String domain = PORT.matcher(Util.fixNull(baseDomain).trim()).replaceFirst("");
        int hostLength = domain.isEmpty() ? 0 : nameLength + 1 + domain.length();
        if (hostLength > MAX_COMMON_NAME_LENGTH) {
            int left = MAX_COMMON_NAME_LENGTH - domain.length() - 1;
            return FormValidation.warning(
                    left < StagingName.MIN_LENGTH_LIMIT
                            ? Messages.ProjectSettingsValidation_longDomain(hostLength, MAX_COMMON_NAME_LENGTH)
                            : Messages.ProjectSettingsValidation_longHosts(hostLength, MAX_COMMON_NAME_LENGTH, left));
        }
        return nameLength > MAX_EXTENDED_NAME_LENGTH
                ? FormValidation.warning(Messages.ProjectSettingsValidation_longNames(
                        MAX_STATEFUL_SET_NAME_LENGTH, MAX_EXTENDED_NAME_LENGTH))
                : FormValidation.ok();
    }

    /** Checks only that the length is one that a project can have. */
    static FormValidation checkNameLengthRange(String length) {
        return FormValidation.validateIntegerInRange(
                Util.fixNull(length).trim(), StagingName.MIN_LENGTH_LIMIT, StagingName.MAX_LENGTH_LIMIT);
    }

    static void require(FormValidation validation, String field) throws FormException {
        if (validation.kind == FormValidation.Kind.ERROR) {
            throw new FormException(field + ": " + validation.getMessage(), field);
        }
    }
}
