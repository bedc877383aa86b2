package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Descriptor.FormException;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.project.access.PipelineAccess;
import io.jenkins.plugins.octopod.project.access.PullRequestChecks;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import net.sf.json.JSONObject;

/**
 * Setting of a project: how a project or its definition is read and changed, and the rules for its value. {@link #ALL}
 * is the only list of settings. Loading, the form, YAML and Job DSL use it.
 */
final class ProjectSetting<T> {

    /** All settings except those that every folder has, in the order in which they are checked. */
    static final List<ProjectSetting<?>> ALL = List.of(
            text(
                            "projectName",
                            Owner::getProjectName,
                            Owner::setProjectName,
                            ProjectSettingsValidation::checkProjectName)
                    .keptIfMissing(),
            text("baseDomain", Owner::getBaseDomain, Owner::setBaseDomain, ProjectSettingsValidation::checkBaseDomain),
            text("namespace", Owner::getNamespace, Owner::setNamespace, ProjectSettingsValidation::checkNamespace)
                    .keptIfMissing(),
            anyValue(Owner::getControlScripts, Owner::setControlScripts),
            anyValue(Owner::getAgentLabel, Owner::setAgentLabel),
            text(
                    "scriptTimeout",
                    Owner::getScriptTimeout,
                    Owner::setScriptTimeout,
                    ProjectSettingsValidation::checkTimeout),
            text(
                    "statusTimeout",
                    Owner::getStatusTimeout,
                    Owner::setStatusTimeout,
                    ProjectSettingsValidation::checkTimeout),
            text(
                    "maxNameLength",
                    Owner::getMaxNameLength,
                    Owner::setMaxNameLength,
                    ProjectSettingsValidation::checkNameLengthRange),
            anyValue(Owner::getTagKey, Owner::setTagKey),
            part("lifetime", Owner::getLifetime, Owner::setLifetime, LifetimeSettings.FIELDS),
            part("limits", Owner::getLimits, Owner::setLimits, LimitSettings.FIELDS),
            new ProjectSetting<>(
                    Owner::getSleep,
                    Owner::setSleep,
                    form -> SleepSettings.requireValid(form.optJSONObject("sleep")),
                    SleepSettings::requireValid),
            part("checks", Owner::getChecks, Owner::setChecks, CheckSettings.FIELDS),
            anyValue(Owner::getPullRequestChecks, Owner::setPullRequestChecks),
            anyValue(Owner::getPipelineAccess, Owner::setPipelineAccess));

    private final Function<Owner, T> getter;
    private final BiConsumer<Owner, T> setter;
    private final Rule<JSONObject> formRule;
    private final Rule<T> valueRule;
    private final boolean keptIfMissing;

    private ProjectSetting(
            Function<Owner, T> getter, BiConsumer<Owner, T> setter, Rule<JSONObject> formRule, Rule<T> valueRule) {
        this(getter, setter, formRule, valueRule, false);
    }

    private ProjectSetting(
            Function<Owner, T> getter,
            BiConsumer<Owner, T> setter,
            Rule<JSONObject> formRule,
            Rule<T> valueRule,
            boolean keptIfMissing) {
        this.getter = getter;
        this.setter = setter;
        this.formRule = formRule;
        this.valueRule = valueRule;
        this.keptIfMissing = keptIfMissing;
    }

    /** Project or definition. Both have all settings, and their setters replace a missing value by the default. */
    interface Owner {

        String getProjectName();

        void setProjectName(String projectName);

        String getBaseDomain();

        void setBaseDomain(String baseDomain);

        String getNamespace();

        void setNamespace(String namespace);

        String getControlScripts();

        void setControlScripts(String controlScripts);

        String getAgentLabel();

        void setAgentLabel(String agentLabel);

        int getScriptTimeout();

        void setScriptTimeout(int scriptTimeout);

        int getStatusTimeout();

        void setStatusTimeout(int statusTimeout);

        int getMaxNameLength();

        void setMaxNameLength(int maxNameLength);

        String getTagKey();

        void setTagKey(String tagKey);

        @NonNull
        LifetimeSettings getLifetime();

        void setLifetime(LifetimeSettings lifetime);

        @NonNull
        SleepSettings getSleep();

        void setSleep(SleepSettings sleep);

        @NonNull
        CheckSettings getChecks();

        void setChecks(CheckSettings checks);

        @NonNull
        LimitSettings getLimits();

        void setLimits(LimitSettings limits);

        @NonNull
        PullRequestChecks getPullRequestChecks();

        void setPullRequestChecks(PullRequestChecks pullRequestChecks);

        @NonNull
        PipelineAccess getPipelineAccess();

        void setPipelineAccess(PipelineAccess pipelineAccess);
    }

    /** Refuses an invalid value. */
    @FunctionalInterface
    private interface Rule<V> {
        void requireValid(V value) throws FormException;
    }

    /** Returns a setting that the form sends as text. */
    private static <T> ProjectSetting<T> text(
            String name,
            Function<Owner, T> getter,
            BiConsumer<Owner, T> setter,
            Function<String, FormValidation> check) {
        Rule<String> rule = text -> ProjectSettingsValidation.require(check.apply(text), name);
        return new ProjectSetting<>(
                getter,
                setter,
                form -> rule.requireValid(form.optString(name)),
                value -> rule.requireValid(value.toString()));
    }

    /** Returns a setting that has its own fields in the form. */
    private static <T> ProjectSetting<T> part(
            String name, Function<Owner, T> getter, BiConsumer<Owner, T> setter, List<CheckedField<T>> fields) {
        return new ProjectSetting<>(
                getter,
                setter,
                form -> CheckedField.requireValid(fields, form.optJSONObject(name)),
                value -> CheckedField.requireValid(fields, value));
    }

    /** Returns a setting whose setter accepts any value. */
    private static <T> ProjectSetting<T> anyValue(Function<Owner, T> getter, BiConsumer<Owner, T> setter) {
        return new ProjectSetting<>(getter, setter, form -> {}, value -> {});
    }

    /**
     * Returns a setting that keeps its value if a definition doesn’t contain it. Such names were fixed when the project
     * was created.
     */
    private ProjectSetting<T> keptIfMissing() {
        return new ProjectSetting<>(getter, setter, formRule, valueRule, true);
    }

    /** Copies all settings. With the same owner twice, the setters replace missing values by the defaults. */
    static void copyAll(Owner from, Owner to) {
        ALL.forEach(setting -> setting.copy(from, to));
    }

    private void copy(Owner from, Owner to) {
        T value = getter.apply(from);
        if (value != null || !keptIfMissing) {
            setter.accept(to, value);
        }
    }

    /** Refuses settings with an error that the form would show, because forms can be submitted despite errors. */
    static void requireValid(JSONObject form) throws FormException {
        for (ProjectSetting<?> setting : ALL) {
            setting.formRule.requireValid(form);
        }
    }

    /** Refuses settings that the form would refuse. A missing setting is valid. */
    static void requireValid(Owner owner) throws FormException {
        for (ProjectSetting<?> setting : ALL) {
            setting.requireValidValue(owner);
        }
    }

    private void requireValidValue(Owner owner) throws FormException {
        T value = getter.apply(owner);
        if (value != null) {
            valueRule.requireValid(value);
        }
    }

    /**
     * Field of a part of the form, with its check. The form sends text, and a definition has the value.
     *
     * @param name name of the field
     * @param value returns the value from the part; null if it is missing, which is valid
     * @param check returns an error for text that the form must not contain
     */
    record CheckedField<P>(String name, Function<P, Object> value, Function<String, FormValidation> check) {

        private static <P> void requireValid(List<CheckedField<P>> fields, @CheckForNull JSONObject form)
                throws FormException {
            if (form != null) {
                for (CheckedField<P> field : fields) {
                    ProjectSettingsValidation.require(field.check.apply(form.optString(field.name)), field.name);
                }
            }
        }

        private static <P> void requireValid(List<CheckedField<P>> fields, P part) throws FormException {
            for (CheckedField<P> field : fields) {
                Object value = field.value.apply(part);
                if (value != null) {
                    ProjectSettingsValidation.require(field.check.apply(value.toString()), field.name);
                }
            }
        }
    }
}
