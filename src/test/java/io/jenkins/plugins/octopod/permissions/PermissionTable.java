package io.jenkins.plugins.octopod.permissions;

import static io.jenkins.plugins.octopod.permissions.PermissionRow.get;
import static io.jenkins.plugins.octopod.permissions.PermissionRow.post;
import static io.jenkins.plugins.octopod.permissions.Role.PROJECT_ADMIN;
import static io.jenkins.plugins.octopod.permissions.Role.READERS;

import io.jenkins.plugins.octopod.api.v1.ApiAction;
import io.jenkins.plugins.octopod.api.v2.ApiV2;
import io.jenkins.plugins.octopod.dashboard.StagingsRootAction;
import io.jenkins.plugins.octopod.dashboard.StagingsTableModel;
import io.jenkins.plugins.octopod.dashboard.StagingsView;
import io.jenkins.plugins.octopod.dashboard.admin.ChecksPage;
import io.jenkins.plugins.octopod.dashboard.background.BackgroundTasksAction;
import io.jenkins.plugins.octopod.dashboard.build.StagingsBlock;
import io.jenkins.plugins.octopod.dashboard.dialog.StagingFormAction;
import io.jenkins.plugins.octopod.dashboard.feed.StagingsFeed;
import io.jenkins.plugins.octopod.dashboard.open.LinkOpener;
import io.jenkins.plugins.octopod.dashboard.open.OpenAction;
import io.jenkins.plugins.octopod.dashboard.operation.LifetimeAction;
import io.jenkins.plugins.octopod.dashboard.operation.NoteAction;
import io.jenkins.plugins.octopod.dashboard.operation.StagingOperations;
import io.jenkins.plugins.octopod.dashboard.page.RedeployPage;
import io.jenkins.plugins.octopod.dashboard.page.RunLiveUpdates;
import io.jenkins.plugins.octopod.dashboard.page.StagingBadge;
import io.jenkins.plugins.octopod.dashboard.page.StagingLiveUpdates;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.pipeline.AbstractStagingStepDescriptor;
import io.jenkins.plugins.octopod.pipeline.OctopodDeployStep;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every address of ours, and those of core’s at stagings and runs that show or change something. */
final class PermissionTable {

    private static final String DEPLOY_DESCRIPTOR = "descriptorByName/" + OctopodDeployStep.class.getName() + '/';

    private PermissionTable() {}

    static List<PermissionRow> rows() {
        return Stream.of(
                        pages(),
                        logs(),
                        operations(),
                        creation(),
                        locked(),
                        SettingsPermissions.rows(),
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
                get("stagings/").allows(Role.USERS),
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
                get("{idle}open/").allows(READERS).shows("orange-button").covers(OpenAction.class, "doIndex"),
                get("{idle}open/app/").allows(READERS).shows("orange-button").covers(OpenAction.class, "getDynamic"),
                get("{idle}open/app/?content=true")
                        .allows(READERS)
                        .shows("orange-button")
                        .covers(LinkOpener.class, "doIndex"),
                get("{idle}live/actions")
                        .allows(READERS)
                        .shows("Create #1")
                        .covers(StagingLiveUpdates.class, "doActions"),
                get("{build}octopod-stagings/")
                        .allows(READERS)
                        .shows("orange-button")
                        .covers(StagingsBlock.class, "doIndex"),
                get("{build}").allows(READERS).shows("octopod-block"),
                get("{build}api/json").allows(READERS).shows("orange-button"),
                get("{idle}1/redeploy/").allows(Role.DEPLOYERS).shows("What changes"),
                get("{idle}1/live/").allows(READERS).shows("Create #1").covers(RunLiveUpdates.class, "doIndex"),
                get("{idle}operations/confirm").allows(Role.CLEANERS).shows("confirm"),
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
                .map(page -> get("{idle}1/" + page).allows(Role.LOG_READERS).shows("printed by create"))
                .toList();
    }

    private static List<PermissionRow> operations() {
        return List.of(
                post("{staging}operations/redeploy")
                        .allows(Role.DEPLOYERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doRedeploy"),
                post("{staging}operations/archive")
                        .allows(Role.DEPLOYERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doArchive"),
                post("{staging}operations/restore")
                        .allows(Role.DEPLOYERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doRestore"),
                post("{staging}operations/cleanup")
                        .allows(Role.CLEANERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doCleanup"),
                post("{staging}operations/forget")
                        .allows(Role.CLEANERS)
                        .answers(409)
                        .covers(StagingOperations.class, "doForget"),
                post("{staging}1/redeploy/submit")
                        .allows(Role.DEPLOYERS)
                        .answers(409)
                        .covers(RedeployPage.class, "doSubmit"),
                // With nothing to end it answers all the same; the other one is ended elsewhere.
                post("{idle}operations/abort")
                        .allows(Role.CANCELLERS)
                        .answers(302)
                        .covers(StagingOperations.class, "doAbort"),
                post("{idle}operations/confirmEnded")
                        .allows(Role.CANCELLERS)
                        .answers(302)
                        .covers(StagingOperations.class, "doConfirmEnded"),
                // With nothing that waits it answers all the same; who may call off what waits is a test of its own.
                post("{idle}operations/callOff")
                        .allows(READERS)
                        .answers(302)
                        .covers(StagingOperations.class, "doCallOff"),
                post("{busy}doDelete").allows(Role.CLEANERS).answers(400),
                // It answers with a ticket: who may do what by it is a table of its own.
                post("{project}board/submit")
                        .sends(Visitor.JSON, "{\"operation\":\"nothing\",\"stagings\":[\"demo/orange-button\"]}")
                        .allows(READERS)
                        .answers(400)
                        .covers(StagingsTableModel.class, "doSubmit"),
                // A user who isn't logged in has no preferences.
                post("{project}board/columns")
                        .sends(Visitor.JSON, "{\"hidden\":[\"links\"]}")
                        .allows(Role.READING_USERS)
                        .answers(204)
                        .covers(StagingsTableModel.class, "doColumns"),
                get("{idle}note/").allows(Role.DEPLOYERS),
                post("{staging}note/write")
                        .form("text=for+a+demo")
                        .allows(Role.DEPLOYERS)
                        .answers(302)
                        .changes()
                        .covers(NoteAction.class, "doWrite"),
                get("{idle}compare/").allows(READERS),
                get("{idle}lifetime/").allows(Role.DEPLOYERS),
                post("{staging}lifetime/pin")
                        .allows(Role.DEPLOYERS)
                        .answers(302)
                        .changes()
                        .covers(LifetimeAction.class, "doPin"),
                post("{staging}lifetime/unpin")
                        .allows(Role.DEPLOYERS)
                        .answers(302)
                        .changes()
                        .covers(LifetimeAction.class, "doUnpin"),
                post("{idle}lifetime/expire")
                        .form("days=soon&date=&zone=")
                        .allows(Role.DEPLOYERS)
                        .answers(400)
                        .covers(LifetimeAction.class, "doExpire"));
    }

    private static List<PermissionRow> creation() {
        return List.of(
                post("{project}staging-form/checkName")
                        .sends(Visitor.JSON, "{\"name\":\"orange-button\"}")
                        .allows(Role.CREATORS)
                        .shows("orange-button")
                        .toGet(404)
                        .covers(StagingFormAction.class, "doCheckName"),
                post("{project}staging-form/current")
                        .sends(Visitor.JSON, "{\"name\":\"orange-button\"}")
                        .allows(Role.DEPLOYERS)
                        .toGet(404)
                        .covers(StagingFormAction.class, "doCurrent"),
                post("{project}staging-form/like")
                        .sends(Visitor.JSON, "{\"name\":\"orange-button\"}")
                        .allows(Role.CREATORS)
                        .shows("orange-button")
                        .toGet(404)
                        .covers(StagingFormAction.class, "doLike"),
                post("{project}staging-form/defaults")
                        .sends(Visitor.JSON, "{\"name\":null,\"deployment\":[],\"reload\":false}")
                        .allows(Role.CREATORS)
                        .toGet(404)
                        .covers(StagingFormAction.class, "doDefaults"),
                post("{project}staging-form/defaults")
                        .sends(Visitor.JSON, "{\"name\":\"orange-button\",\"deployment\":[],\"reload\":true}")
                        .allows(Role.DEPLOYERS)
                        .toGet(404),
                post("{project}staging-form/recent")
                        .sends(Visitor.JSON, "{\"name\":null}")
                        .allows(Role.CREATORS)
                        .toGet(404)
                        .covers(StagingFormAction.class, "doRecent"),
                post("{project}staging-form/recent")
                        .sends(Visitor.JSON, "{\"name\":\"orange-button\"}")
                        .allows(Role.DEPLOYERS)
                        .toGet(404),
                // Those who may are told by the ticket that it is no name, or that the staging is busy.
                post("{project}staging-form/submit")
                        .sends(Visitor.JSON, "{\"wish\":\"CREATE\",\"names\":[\"Not A Name\"]}")
                        .allows(Role.CREATORS)
                        .answers(202)
                        .toGet(404)
                        .covers(StagingFormAction.class, "doSubmit"),
                post("{project}staging-form/submit")
                        .sends(Visitor.JSON, "{\"wish\":\"UPDATE\",\"names\":[\"{name}\"]}")
                        .allows(Role.DEPLOYERS)
                        .answers(202)
                        .toGet(404),
                post("{project}staging-form/submit")
                        .sends(Visitor.JSON, "{\"wish\":\"MERGE\",\"names\":[\"{name}\"]}")
                        .allows(Role.DEPLOYERS)
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

    private static List<PermissionRow> steps() {
        return List.of(
                post(DEPLOY_DESCRIPTOR + "checkAppOverrides?value=%3D")
                        .allows(Role.USERS)
                        .toGet(404)
                        .covers(OctopodDeployStep.DescriptorImpl.class, "doCheckAppOverrides"),
                post(DEPLOY_DESCRIPTOR + "checkDeploymentOverrides?value=%3D")
                        .allows(Role.USERS)
                        .toGet(404)
                        .covers(OctopodDeployStep.DescriptorImpl.class, "doCheckDeploymentOverrides"),
                post(DEPLOY_DESCRIPTOR + "checkNote?value=x")
                        .allows(Role.USERS)
                        .toGet(404)
                        .covers(OctopodDeployStep.DescriptorImpl.class, "doCheckNote"),
                post(DEPLOY_DESCRIPTOR + "checkName?value=")
                        .allows(Role.USERS)
                        .toGet(404)
                        .covers(AbstractStagingStepDescriptor.class, "doCheckName"),
                post(DEPLOY_DESCRIPTOR + "fillWhenBusyItems")
                        .allows(Role.USERS)
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
                "redeploy", Role.DEPLOYERS,
                "archive", Role.DEPLOYERS,
                "restore", Role.DEPLOYERS,
                "cleanup", Role.CLEANERS,
                "forget", Role.CLEANERS);
    }

    /** The ticket is one that a project’s administrator has. */
    private static List<PermissionRow> submissions() {
        return List.of(
                get("octopod-submissions/00000000-0000-0000-0000-000000000000/")
                        .allows(Role.USERS)
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
