package io.jenkins.plugins.octopod.dashboard.admin;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.maintenance.MaintenanceWork;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/** Warns administrators if more stagings are due for cleanup than a project’s limit per hour allows. */
@Extension
@Symbol("stagingCleanups")
public class CleanupsMonitor extends AdministrativeMonitor {

    /**
     * Creates the monitor. The id is a literal, so that a renamed class keeps it, because core stores the id when an
     * administrator dismisses the monitor.
     */
    public CleanupsMonitor() {
        super("io.jenkins.plugins.octopod.dashboard.admin.CleanupsMonitor");
    }

    @Override
    public String getDisplayName() {
        return Messages.CleanupsMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !heldBack().isEmpty();
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    /** Returns a sentence for each project with delayed cleanups. */
    public List<String> getSentences() {
        return heldBack().entrySet().stream()
                .map(entry -> sentence(entry.getKey(), entry.getValue()))
                .sorted()
                .toList();
    }

    private static Map<OctopodProject, Integer> heldBack() {
        return ExtensionList.lookupSingleton(MaintenanceWork.class).heldBackCleanups();
    }

    private static String sentence(OctopodProject project, int heldBack) {
        return Messages.CleanupsMonitor_heldBack(
                heldBack, project.getFullName(), project.getLifetime().getCleanupsPerHour());
    }
}
