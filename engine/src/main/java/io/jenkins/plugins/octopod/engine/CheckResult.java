package io.jenkins.plugins.octopod.engine;

/** What the exit code of {@code check} says. */
public enum CheckResult {
    OK(Status.Running),
    GENERIC_FAILURE(Status.GenericFailure),
    PARTIAL_AVAILABILITY(Status.PartialAvailability),
    TAG_MISMATCH(Status.TagMismatch);

    private final Status status;

    CheckResult(Status status) {
        this.status = status;
    }

    /** The status of a staging that isn't on its way to another. */
    public Status status() {
        return status;
    }

    /** 0, 1, 2 and 3 by the contract; anything else, a killed script's code included, is a generic failure. */
    public static CheckResult ofExitCode(int exitCode) {
        return switch (exitCode) {
            case 0 -> OK;
            case 2 -> PARTIAL_AVAILABILITY;
            case 3 -> TAG_MISMATCH;
            default -> GENERIC_FAILURE;
        };
    }
}
