package io.jenkins.plugins.octopod.permissions;

import static io.jenkins.plugins.octopod.permissions.PermissionRow.get;
import static io.jenkins.plugins.octopod.permissions.PermissionRow.post;
import static io.jenkins.plugins.octopod.permissions.Role.CANCELLER;
import static io.jenkins.plugins.octopod.permissions.Role.CLEANER;
import static io.jenkins.plugins.octopod.permissions.Role.CREATOR;
import static io.jenkins.plugins.octopod.permissions.Role.DEPLOYER;
import static io.jenkins.plugins.octopod.permissions.Role.LOG_READER;
import static io.jenkins.plugins.octopod.permissions.Role.PROJECT_ADMIN;
import static io.jenkins.plugins.octopod.permissions.Role.READERS;

import hudson.model.Descriptor;
import io.jenkins.plugins.octopod.api.v1.ApiAction;
import io.jenkins.plugins.octopod.api.v2.ApiV2;
import io.jenkins.plugins.octopod.dashboard.StagingsRootAction;
import io.jenkins.plugins.octopod.dashboard.StagingsTableModel;
import io.jenkins.plugins.octopod.dashboard.StagingsView;
import io.jenkins.plugins.octopod.dashboard.admin.ChecksPage;
import io.jenkins.plugins.octopod.dashboard.background.BackgroundTasksAction;
import io.jenkins.plugins.octopod.dashboard.dialog.StagingFormAction;
import io.jenkins.plugins.octopod.dashboard.feed.StagingsFeed;
import io.jenkins.plugins.octopod.dashboard.operation.LifetimeAction;
import io.jenkins.plugins.octopod.dashboard.operation.StagingOperations;
import io.jenkins.plugins.octopod.dashboard.page.RunLiveUpdates;
import io.jenkins.plugins.octopod.dashboard.page.StagingBadge;
import io.jenkins.plugins.octopod.dashboard.page.StagingLiveUpdates;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.kubernetes.ClusterProperty;
import io.jenkins.plugins.octopod.kubernetes.page.PodLogAction;
import io.jenkins.plugins.octopod.pipeline.AbstractStagingStepDescriptor;
import io.jenkins.plugins.octopod.pipeline.OctopodDeployStep;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import io.jenkins.plugins.octopod.project.LimitSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.SleepSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every address of ours, and those of core’s at stagings and runs that show or change something. */
final class PermissionTable {

    private static final Set<Role> LOG_READERS = EnumSet.of(LOG_READER, DEPLOYER, PROJECT_ADMIN);
    private static final Set<Role> DEPLOYERS = EnumSet.of(DEPLOYER, PROJECT_ADMIN);
    private static final Set<Role> CREATORS = EnumSet.of(CREATOR, PROJECT_ADMIN);
    private static final Set<Role> CANCELLERS = EnumSet.of(CANCELLER, PROJECT_ADMIN);
    private static final Set<Role> CLEANERS = EnumSet.of(CLEANER, PROJECT_ADMIN);

    /** All who may use Jenkins at all. */
    private static final Set<Role> USERS = EnumSet.complementOf(EnumSet.of(Role.ANONYMOUS));

    private static final String PROJECT_DESCRIPTOR =
            "{project}descriptorByName/" + OctopodProject.class.getName() + '/';
    private static final String DEPLOY_DESCRIPTOR = "descriptorByName/" + OctopodDeployStep.class.getName() + '/';

    private PermissionTable() {}

    static List<PermissionRow> rows() {
        return Stream.of(
                        pages(),
                        logs(),
                        operations(),
                        creation(),
                        locked(),
                        projectSettings(),
                        cluster(),
                        steps(),
                        submissions())
                .flatMap(List::stream)
                .toList();
    }

    private static List<PermissionRow> pages() {
        return List.of(
                get("{project}").allows(READERS).shows("octopod"),
                get("{project}api/json").allows(READERS).shows("orange-button"),
                get("{project}view/Stagings/").allows(READERS).shows("octopod"),
                get("{project}board/feed/")
                        .allows(READERS)
                        .shows("orange-button")
                        .covers(StagingsFeed.class, "doIndex"),
                // Each of its calls, by each way, is ApiPermissionsTest’s.
                get("{project}octopod/api/v1/deployments")
                        .allows(READERS)
                        .shows("orange-button")
                        .toAnonymous(401)
                        .covers(ApiAction.class, "doDynamic"),
                get("stagings/").allows(USERS),
                // Each of its calls, by each way, is V2PermissionsTest’s.
                get("stagings/api/v2/stagings")
                        .allows(READERS)
                        .tells("orange-button")
                        .toAnonymous(401)
                        .covers(ApiV2.class, "doDynamic"),
                get("stagings/api/v2/projects/demo/stagings/orange-button")
                        .allows(READERS)
                        .shows("orange-button")
                        .toAnonymous(401)
                        .covers(StagingsRootAction.class, "getDynamic"),
                get("manage/staging-checks/")
                        .allowsOnly(Role.ADMINISTRATOR)
                        .ofJenkins()
                        .covers(ChecksPage.class, "getTarget"),
                get("stagings/board/feed/").allows(READERS).tells("orange-button"),
                get("{idle}").allows(READERS).shows("orange-button"),
                get("{idle}api/json").allows(READERS).shows("\"status\":\"Running\""),
                get("{idle}1/").allows(READERS),
                get("{idle}1/api/json").allows(READERS).shows("\"action\":\"CREATE\""),
                get("{idle}badge.svg")
                        .allows(READERS)
                        .shows("orange-button: Running")
                        .covers(StagingBadge.class, "doBadge"),
                get("{idle}live/").allows(READERS).shows("orange-button").covers(StagingLiveUpdates.class, "doIndex"),
                get("{idle}live/actions")
                        .allows(READERS)
                        .shows("Create #1")
                        .covers(StagingLiveUpdates.class, "doActions"),
                get("{idle}1/live/").allows(READERS).shows("Create #1").covers(RunLiveUpdates.class, "doIndex"),
                get("{idle}operations/confirm").allows(CLEANERS).shows("confirm"),
                get("{idle}operations/").allows(READERS).answers(302).covers(StagingOperations.class, "doIndex"),
                get("{idle}operations/update").allows(READERS).answers(302).covers(StagingOperations.class, "doUpdate"),
                get("{project}newStaging").allows(READERS).answers(302).covers(StagingsView.class, "doNewStaging"),
                get("{project}configure").allowsOnly(PROJECT_ADMIN),
                get("{project}config.xml").allowsOnly(PROJECT_ADMIN).shows("staging.example.com"));
    }

    /** What control scripts print, by every way that leads to it. */
    private static List<PermissionRow> logs() {
        return Stream.of(
                        "console",
                        "consoleFull",
                        "consoleText",
                        "logText/progressiveText",
                        "logText/progressiveHtml",
                        "progressiveLog")
                .map(page -> get("{idle}1/" + page).allows(LOG_READERS).shows("printed by create"))
                .toList();
    }

    private static List<PermissionRow> operations() {
        return List.of(
                post("{staging}operations/redeploy")
                        .allows(DEPLOYERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doRedeploy"),
                post("{staging}operations/archive")
                        .allows(DEPLOYERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doArchive"),
                post("{staging}operations/restore")
                        .allows(DEPLOYERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doRestore"),
                post("{staging}operations/cleanup")
                        .allows(CLEANERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doCleanup"),
                post("{staging}operations/forget")
                        .allows(CLEANERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doForget"),
                // With nothing to end it answers all the same; the other one is ended elsewhere.
                post("{idle}operations/abort")
                        .allows(CANCELLERS)
                        .answers(302)
                        .covers(StagingOperations.class, "doAbort"),
                post("{idle}operations/confirmEnded")
                        .allows(CANCELLERS)
                        .answers(302)
                        .covers(StagingOperations.class, "doConfirmEnded"),
                // With nothing that waits it answers all the same; who may call off what waits is a test of its own.
                post("{idle}operations/callOff")
                        .allows(READERS)
                        .answers(302)
                        .covers(StagingOperations.class, "doCallOff"),
                post("{busy}doDelete").allows(CLEANERS).answers(400),
                // It answers with a ticket: who may do what by it is a table of its own.
                post("{project}board/submit")
                        .sends(Visitor.JSON, "{\"operation\":\"nothing\",\"stagings\":[\"demo/orange-button\"]}")
                        .allows(READERS)
                        .answers(400)
                        .covers(StagingsTableModel.class, "doSubmit"),
                get("{idle}lifetime/").allows(DEPLOYERS),
                post("{staging}lifetime/pin")
                        .allows(DEPLOYERS)
                        .answers(302)
                        .changes()
                        .covers(LifetimeAction.class, "doPin"),
                post("{staging}lifetime/unpin")
                        .allows(DEPLOYERS)
                        .answers(302)
                        .changes()
                        .covers(LifetimeAction.class, "doUnpin"),
                post("{idle}lifetime/expire")
                        .form("days=soon&date=&zone=")
                        .allows(DEPLOYERS)
                        .answers(400)
                        .covers(LifetimeAction.class, "doExpire"));
    }

    private static List<PermissionRow> creation() {
        return List.of(
                post("{project}staging-form/checkName")
                        .sends(Visitor.JSON, "{\"name\":\"orange-button\"}")
                        .allows(CREATORS)
                        .shows("orange-button")
                        .toGet(404)
                        .covers(StagingFormAction.class, "doCheckName"),
                post("{project}staging-form/current")
                        .sends(Visitor.JSON, "{\"name\":\"orange-button\"}")
                        .allows(DEPLOYERS)
                        .toGet(404)
                        .covers(StagingFormAction.class, "doCurrent"),
                post("{project}staging-form/defaults")
                        .sends(Visitor.JSON, "{\"name\":null,\"deployment\":[],\"reload\":false}")
                        .allows(CREATORS)
                        .toGet(404)
                        .covers(StagingFormAction.class, "doDefaults"),
                post("{project}staging-form/defaults")
                        .sends(Visitor.JSON, "{\"name\":\"orange-button\",\"deployment\":[],\"reload\":true}")
                        .allows(DEPLOYERS)
                        .toGet(404),
                // Those who may are told by the ticket that it is no name, or that the staging is busy.
                post("{project}staging-form/submit")
                        .sends(Visitor.JSON, "{\"wish\":\"CREATE\",\"names\":[\"Not A Name\"]}")
                        .allows(CREATORS)
                        .answers(202)
                        .toGet(404)
                        .covers(StagingFormAction.class, "doSubmit"),
                post("{project}staging-form/submit")
                        .sends(Visitor.JSON, "{\"wish\":\"UPDATE\",\"names\":[\"{name}\"]}")
                        .allows(DEPLOYERS)
                        .answers(202)
                        .toGet(404),
                post("{project}staging-form/submit")
                        .sends(Visitor.JSON, "{\"wish\":\"MERGE\",\"names\":[\"{name}\"]}")
                        .allows(DEPLOYERS)
                        .answers(202)
                        .toGet(404),
                post("{project}view/Stagings/createItem?name=other&mode=hudson.model.FreeStyleProject")
                        .allows(READERS)
                        .answers(400)
                        .covers(StagingsView.class, "doCreateItem"));
    }

    /** What nobody may do to a staging, so that its rules can’t be passed. */
    private static List<PermissionRow> locked() {
        return List.of(
                get("{idle}config.xml").allowsOnly(PROJECT_ADMIN).shows("createdAt"),
                post("{idle}config.xml")
                        .sends("application/xml", "<nothing/>")
                        .toReaders(400)
                        .toGet(200),
                // To look at only, as for every job whose configuration one may read.
                get("{idle}configure").allowsOnly(PROJECT_ADMIN),
                post("{idle}configSubmit").form("json=%7B%7D").toGet(404),
                post("{idle}confirmRename").form("newName=other").toReaders(400));
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
                        .allows(LOG_READERS)
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

    private static List<PermissionRow> steps() {
        return List.of(
                post(DEPLOY_DESCRIPTOR + "checkAppOverrides?value=%3D")
                        .allows(USERS)
                        .toGet(404)
                        .covers(OctopodDeployStep.DescriptorImpl.class, "doCheckAppOverrides"),
                post(DEPLOY_DESCRIPTOR + "checkDeploymentOverrides?value=%3D")
                        .allows(USERS)
                        .toGet(404)
                        .covers(OctopodDeployStep.DescriptorImpl.class, "doCheckDeploymentOverrides"),
                post(DEPLOY_DESCRIPTOR + "checkName?value=")
                        .allows(USERS)
                        .toGet(404)
                        .covers(AbstractStagingStepDescriptor.class, "doCheckName"),
                post(DEPLOY_DESCRIPTOR + "fillWhenBusyItems")
                        .allows(USERS)
                        .toGet(404)
                        .covers(AbstractStagingStepDescriptor.class, "doFillWhenBusyItems"),
                post(DEPLOY_DESCRIPTOR + "fillProjectItems")
                        .allows(READERS)
                        .tells("\"demo\"")
                        .toGet(404)
                        .covers(AbstractStagingStepDescriptor.class, "doFillProjectItems"));
    }

    /** By its name, each operation that the board’s page sends, and who may have it done. */
    static Map<String, Set<Role>> boardOperations() {
        return Map.of(
                "redeploy", DEPLOYERS,
                "archive", DEPLOYERS,
                "restore", DEPLOYERS,
                "cleanup", CLEANERS,
                "forget", CLEANERS);
    }

    /** The ticket is one that a project’s administrator has. */
    private static List<PermissionRow> submissions() {
        return List.of(
                get("octopod-submissions/00000000-0000-0000-0000-000000000000/")
                        .allows(USERS)
                        .answers(404)
                        .covers(BackgroundTasksAction.class, "getDynamic"),
                get("{ticket}")
                        .allowsOnly(PROJECT_ADMIN)
                        .personal()
                        .shows("\"done\"")
                        .toReaders(404)
                        .covers(BackgroundTasksAction.Ticket.class, "doIndex"));
    }
}
