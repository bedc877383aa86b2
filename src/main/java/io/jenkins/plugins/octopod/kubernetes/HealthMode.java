package io.jenkins.plugins.octopod.kubernetes;

/** What a project’s cluster has to say in the statuses of its stagings. */
public enum HealthMode {
    /** Nothing: it is only shown. */
    OFF,
    /** A change in the cluster is taken in at once; sweeps ask {@code check} as ever. */
    BETWEEN_CHECKS,
    /** Neither {@code check} nor {@code archive_check} is asked, by sweeps or by runs. */
    INSTEAD_OF_CHECK;

    public String getDisplayName() {
        return switch (this) {
            case OFF -> Messages.HealthMode_off();
            case BETWEEN_CHECKS -> Messages.HealthMode_betweenChecks();
            case INSTEAD_OF_CHECK -> Messages.HealthMode_insteadOfCheck();
        };
    }
}
