package io.jenkins.plugins.octopod.engine;

/** Result of {@code check}, from its exit code. */
public enum CheckResult {
    OK(Status.Running),
    GENERIC_FAILURE(Status.GenericFailure),
    PARTIAL_AVAILABILITY(Status.PartialAvailability),
    TAG_MISMATCH(Status.TagMismatch);

    private final Status status;

    CheckResult(Status status) {
        this.status = status;
    }

    /** Returns the corresponding status of a staging that isn't pending. */
    public Status status() {
        return status;
    }

    /**
     * Returns the result for an exit code. The contract defines 0, 1, 2 and 3; any other code, including a killed
     * script's, is a generic failure.
     */
    public static CheckResult ofExitCode(int exitCode) {
        return switch (exitCode) {
            case 0 -> OK;
            case 2 -> PARTIAL_AVAILABILITY;
            case 3 -> TAG_MISMATCH;
            default -> GENERIC_FAILURE;
        };
    }
}
