package io.jenkins.plugins.octopod.permissions;

import static io.jenkins.plugins.octopod.permissions.PermissionRow.get;
import static io.jenkins.plugins.octopod.permissions.PermissionRow.post;
import static io.jenkins.plugins.octopod.permissions.Role.PROJECT_ADMIN;
import static io.jenkins.plugins.octopod.permissions.Role.READERS;

import hudson.model.Descriptor;
import io.jenkins.plugins.octopod.kubernetes.ClusterProperty;
import io.jenkins.plugins.octopod.kubernetes.page.PodLogAction;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import io.jenkins.plugins.octopod.project.LimitSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.SleepSettings;
import io.jenkins.plugins.octopod.project.access.PipelineAccess;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import java.util.List;
import java.util.stream.Stream;

/** The addresses of the forms for settings: of projects, of their clusters, and of the whole controller. */
final class SettingsPermissions {

    private static final String PROJECT_DESCRIPTOR =
            "{project}descriptorByName/" + OctopodProject.class.getName() + '/';

    private SettingsPermissions() {}

    static List<PermissionRow> rows() {
        return Stream.of(projectSettings(), cluster(), security())
                .flatMap(List::stream)
                .toList();
    }

    private static List<PermissionRow> projectSettings() {
        return List.of(
                setting("checkProjectName?value=", "doCheckProjectName").tells("error"),
                setting("checkBaseDomain?value=A%20B", "doCheckBaseDomain").tells("error"),
                setting("checkNamespace?value=A%20B", "doCheckNamespace").tells("error"),
                setting("checkScriptTimeout?value=0", "doCheckScriptTimeout").tells("error"),
                setting("checkStatusTimeout?value=0", "doCheckStatusTimeout").tells("error"),
                setting("checkMaxNameLength?value=1", "doCheckMaxNameLength").tells("error"),
                setting("checkControlScripts?value=none", "doCheckControlScripts")
                        .tells("error"),
                setting("checkAgentLabel?value=nowhere", "doCheckAgentLabel").tells("warning"),
                setting("fillControlScriptsItems", "doFillControlScriptsItems").tells("\"demo\""),
                get(PROJECT_DESCRIPTOR + "autoCompleteAgentLabel?value=stag")
                        .allowsOnly(PROJECT_ADMIN)
                        .tells("\"staging\"")
                        .covers(OctopodProject.DescriptorImpl.class, "doAutoCompleteAgentLabel"),
                setting(LifetimeSettings.DescriptorImpl.class, "doCheckExpiryDays", "soon"),
                setting(LifetimeSettings.DescriptorImpl.class, "doCheckExpiryDate", "soon"),
                setting(LifetimeSettings.DescriptorImpl.class, "doCheckRetentionDays", "soon"),
                setting(LifetimeSettings.DescriptorImpl.class, "doCheckBranchGraceMinutes", "soon"),
                setting(LifetimeSettings.DescriptorImpl.class, "doCheckCleanupsPerHour", "many"),
                setting(CheckSettings.DescriptorImpl.class, "doCheckInterval", "soon"),
                setting(CheckSettings.DescriptorImpl.class, "doCheckTimeout", "soon"),
                setting(CheckSettings.DescriptorImpl.class, "doCheckParallelism", "many"),
                setting(CheckSettings.DescriptorImpl.class, "doCheckFailuresInRow", "many"),
                setting(LimitSettings.DescriptorImpl.class, "doCheckRunningStagings", "many"),
                setting(LimitSettings.DescriptorImpl.class, "doCheckRunningStagingsPerUser", "many"),
                setting(LimitSettings.DescriptorImpl.class, "doCheckRunsAtOnce", "many"),
                post("{project}descriptorByName/" + PipelineAccess.class.getName() + "/checkJobs?value=&usedBy=LISTED")
                        .allowsOnly(PROJECT_ADMIN)
                        .tells("warning")
                        .toGet(404)
                        .covers(PipelineAccess.DescriptorImpl.class, "doCheckJobs"),
                setting(PipelineAccess.DescriptorImpl.class, "doCheckCredentials", "a%0A".repeat(201)),
                setting(SleepSettings.DescriptorImpl.class, "doCheckArchiveAt", "late"),
                setting(SleepSettings.DescriptorImpl.class, "doCheckRestoreAt", "early"),
                post("{project}configSubmit")
                        .form("json=%7B%7D")
                        .allowsOnly(PROJECT_ADMIN)
                        .answers(302, 400, 500));
    }

    private static List<PermissionRow> cluster() {
        String descriptor = "{project}descriptorByName/" + ClusterProperty.class.getName() + '/';
        Class<?> type = ClusterProperty.DescriptorImpl.class;
        return List.of(
                setting(ClusterProperty.DescriptorImpl.class, "doCheckServer", "nowhere"),
                setting(ClusterProperty.DescriptorImpl.class, "doCheckNamespace", "A"),
                setting(ClusterProperty.DescriptorImpl.class, "doCheckSelector", "A%20B"),
                setting(ClusterProperty.DescriptorImpl.class, "doCheckCredentialsId", ""),
                // Which credentials are offered to whom is ClusterFormTest’s.
                post(descriptor + "fillCredentialsIdItems")
                        .allows(READERS)
                        .shows("of the pod")
                        .toGet(404)
                        .covers(type, "doFillCredentialsIdItems"),
                post(descriptor + "fillHealthItems")
                        .allows(READERS)
                        .shows("INSTEAD_OF_CHECK")
                        .toGet(404)
                        .covers(type, "doFillHealthItems"),
                post(descriptor + "testConnection?credentialsId=none")
                        .allowsOnly(PROJECT_ADMIN)
                        .shows("There are no credentials")
                        .toGet(404)
                        .covers(type, "doTestConnection"),
                // There is no pod, but only those who may read logs are told.
                get("{idle}pods/log?pod=web-1&container=app")
                        .allows(Role.LOG_READERS)
                        .answers(404)
                        .shows("There is no such log")
                        .covers(PodLogAction.class, "doLog"));
    }

    private static PermissionRow setting(String call, String method) {
        return post(PROJECT_DESCRIPTOR + call)
                .allowsOnly(PROJECT_ADMIN)
                .toGet(404)
                .covers(OctopodProject.DescriptorImpl.class, method);
    }

    /** A check that has something to say of that value. */
    private static PermissionRow setting(Class<? extends Descriptor<?>> descriptor, String method, String wrong) {
        String call = method.replaceFirst("doCheck", "check");
        return post("{project}descriptorByName/"
                        + descriptor.getEnclosingClass().getName() + '/' + call + "?value=" + wrong)
                .allowsOnly(PROJECT_ADMIN)
                .tells("error")
                .toGet(404)
                .covers(descriptor, method);
    }

    /** The section “Octopod” of “Manage Jenkins” » “Security”. */
    private static List<PermissionRow> security() {
        return Stream.of(
                        "MaxOverrides",
                        "MaxOverridesSize",
                        "MaxAgentCalls",
                        "MaxWaitingRequests",
                        "MaxWaitingRequestsPerUser")
                .map(name -> post("descriptorByName/" + SecuritySettings.class.getName() + "/check" + name + "?value=0")
                        .allowsOnly(Role.ADMINISTRATOR)
                        .ofJenkins()
                        .shows("error")
                        .toGet(404)
                        .covers(SecuritySettings.class, "doCheck" + name))
                .toList();
    }
}
