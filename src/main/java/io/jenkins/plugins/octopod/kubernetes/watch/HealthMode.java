package io.jenkins.plugins.octopod.kubernetes.watch;

/** Effect of a project’s cluster on the statuses of its stagings. */
public enum HealthMode {
    /** No effect: the cluster’s state is only shown. */
    OFF,
    /** A change in the cluster updates the status immediately. {@code check} still runs as usual. */
    BETWEEN_CHECKS,
    /** Neither {@code check} nor {@code archive_check} runs, on schedule or in staging runs. */
    INSTEAD_OF_CHECK;

    public String getDisplayName() {
        return switch (this) {
            case OFF -> Messages.HealthMode_off();
            case BETWEEN_CHECKS -> Messages.HealthMode_betweenChecks();
            case INSTEAD_OF_CHECK -> Messages.HealthMode_insteadOfCheck();
        };
    }
}
