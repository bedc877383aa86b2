package io.jenkins.plugins.octopod.kubernetes.page;

import io.jenkins.plugins.octopod.engine.cluster.ClusterWarning;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;

/** View model of a cluster’s warning. */
public final class WarningView {

    private final ClusterWarning warning;

    WarningView(ClusterWarning warning) {
        this.warning = warning;
    }

    /** Returns the object’s kind and name, such as “Pod web-1”. */
    public String getAbout() {
        return warning.kind() + ' ' + warning.name();
    }

    public String getSentence() {
        return warning.sentence();
    }

    /** Returns the cluster’s own reason and message. */
    public String getOriginal() {
        return warning.reason() + ": " + warning.message();
    }

    public int getCount() {
        return warning.count();
    }

    public RelativeTime getLast() {
        return new RelativeTime(warning.last());
    }

    /** Returns a key that identifies the warning in later versions of the page. */
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
