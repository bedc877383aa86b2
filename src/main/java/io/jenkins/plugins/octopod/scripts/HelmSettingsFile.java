package io.jenkins.plugins.octopod.scripts;

import java.util.ArrayList;
import java.util.List;

/** The file {@code settings} of the Helm scripts. {@code scripts/helm/lib/settings.sh} documents its content. */
final class HelmSettingsFile {

    private final List<String> lines = new ArrayList<>();

    private HelmSettingsFile() {}

    /** Returns the whole file for the values of the installer’s form. */
    static String text(HelmScriptsInstaller form) {
        HelmSettingsFile settings = new HelmSettingsFile();
        settings.add("deployment chart_repo_url=", form.getChartRepoUrl());
        settings.add("deployment chart_name=", form.getChartName());
        settings.add("deployment chart_version=", form.getChartVersion());
        if (!form.getChartName().isEmpty() && !form.isOtherCharts()) {
            settings.add("locked ", "chart_name");
            settings.add("locked ", "chart_repo_url");
        }
        settings.add("ingress-host-key ", form.getIngressHostKey());
        if (form.isWithoutWaiting()) {
            settings.add("wait ", "no");
        }
        if (form.isWithoutGivingUp()) {
            settings.add("give-up ", "no");
        }
        if (form.isPassCredentials()) {
            settings.add("pass-credentials ", "yes");
        }
        settings.add("ca-file ", form.getCaFile());
        if (form.isPlainHttp()) {
            settings.add("plain-http ", "yes");
        }
        form.getApplicationDefaults()
                .lines()
                .map(String::strip)
                .filter(line -> line.indexOf('=') > 0)
                .forEach(line -> settings.add("application ", line));
        return String.join("", settings.lines);
    }

    /**
     * Adds a setting. Only the first line of a value counts, because more lines would be further settings. The form has
     * no field with several lines.
     */
    private void add(String before, String value) {
        value.lines().findFirst().ifPresent(line -> lines.add(before + line + "\n"));
    }
}
