package io.jenkins.plugins.octopod.kubernetes.page;

import io.jenkins.plugins.octopod.engine.cluster.ClusterWarning;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;

/** View model of a cluster’s warning. */
public final class WarningView {

    private final ClusterWarning warning;

    WarningView(ClusterWarning warning) {
        this.warning = warning;
    }

    /** Such as “Pod web-1”. */
    public String getAbout() {
        return warning.kind() + ' ' + warning.name();
    }

    public String getSentence() {
        return warning.sentence();
    }

    /** In the cluster’s own words. */
    public String getOriginal() {
        return warning.reason() + ": " + warning.message();
    }

    public int getCount() {
        return warning.count();
    }

    public RelativeTime getLast() {
        return new RelativeTime(warning.last());
    }

    /** By which it is known again when it is shown anew. */
    public String getKey() {
        return warning.kind()
                + '/'
                + warning.name()
                + '/'
                + warning.reason()
                + '/'
                + warning.message().hashCode();
    }
}
