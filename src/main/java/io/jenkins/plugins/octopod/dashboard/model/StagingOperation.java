package io.jenkins.plugins.octopod.dashboard.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Operations that users can request for an existing staging, in the order of the menu. */
public enum StagingOperation {
    UPDATE(
            "update",
            "symbol-create-outline plugin-ionicons-api",
            StagingAction.UPDATE,
            Item.BUILD,
            Messages::StagingOperation_update,
            null),
    REDEPLOY(
            "redeploy",
            "symbol-refresh",
            StagingAction.UPDATE,
            Item.BUILD,
            Messages::StagingOperation_redeploy,
            Messages::StagingOperation_redeployConfirm),
    ARCHIVE(
            "archive",
            "symbol-archive-outline plugin-ionicons-api",
            StagingAction.ARCHIVE,
            Item.BUILD,
            Messages::StagingOperation_archive,
            Messages::StagingOperation_archiveConfirm),
    RESTORE(
            "restore",
            "symbol-undo",
            StagingAction.RESTORE,
            Item.BUILD,
            Messages::StagingOperation_restore,
            Messages::StagingOperation_restoreConfirm),
    CLEANUP(
            "cleanup",
            "symbol-trash",
            StagingAction.CLEANUP,
            Item.DELETE,
            Messages::StagingOperation_cleanup,
            Messages::StagingOperation_cleanupConfirm),
    FORGET(
            "forget",
            "symbol-eye-off-outline",
            null,
            Item.DELETE,
            Messages::StagingOperation_forget,
            Messages::StagingOperation_forgetConfirm);

    private final String url;
    private final String icon;

    /** {@code null} if the operation runs no script. */
    @CheckForNull
    private final StagingAction action;

    private final Permission permission;
    private final Supplier<String> title;

    @CheckForNull
    private final Function<Object, String> confirmation;

    StagingOperation(
            String url,
            String icon,
            @CheckForNull StagingAction action,
            Permission permission,
            Supplier<String> title,
            @CheckForNull Function<Object, String> confirmation) {
        this.url = url;
        this.icon = icon;
        this.action = action;
        this.permission = permission;
        this.title = title;
        this.confirmation = confirmation;
    }

    /** Returns the operations that the current user can start now, in the order of the menu. */
    static List<StagingOperation> offeredFor(Staging staging) {
        return Arrays.stream(values()).filter(it -> it.isOfferedFor(staging)).toList();
    }

    /** Returns the unavailable operations in the order of the menu, each with a sentence that says why. */
    public static Map<StagingOperation, String> unavailableFor(Staging staging) {
        Map<StagingOperation, String> unavailable = new EnumMap<>(StagingOperation.class);
        for (StagingOperation stagingOperation : values()) {
            String reason = stagingOperation.unavailableReason(staging);
            if (reason != null) {
                unavailable.put(stagingOperation, reason);
            }
        }
        return unavailable;
    }

    boolean isOfferedFor(Staging staging) {
        return unavailableReason(staging) == null;
    }

    /** Returns why the operation is unavailable; null if the current user can start it now. */
    @CheckForNull
    private String unavailableReason(Staging staging) {
        if (!staging.hasPermission(permission)) {
            return getPermissionReason();
        }
        ObservedState observedState = staging.observedState();
        if (observedState.pending() != null) {
            return Messages.StagingOperation_busy();
        }
        // A status like ArchivePending can also be that of a staging whose action has failed.
        return getStatuses().contains(observedState.status()) ? null : getStatusReason();
    }

    /**
     * Returns the operation with a URL.
     *
     * @throws RefusalException if no operation has this URL
     */
    @ModuleInternal
    public static StagingOperation of(String url) throws RefusalException {
        return Arrays.stream(values())
                .filter(it -> it.url.equals(url))
                .findFirst()
                .orElseThrow(() -> new RefusalException(Reason.INVALID_INPUT, Messages.StagingOperation_unknown(url)));
    }

    /**
     * Returns the kind of request to the façade. {@link #FORGET} isn’t a request, and {@link #UPDATE} needs overrides.
     */
    @ModuleInternal
    public Kind kind() {
        return switch (this) {
            case UPDATE -> Kind.UPDATE;
            case REDEPLOY -> Kind.MERGE;
            case ARCHIVE -> Kind.ARCHIVE;
            case RESTORE -> Kind.RESTORE;
            case CLEANUP -> Kind.CLEANUP;
            case FORGET -> throw new UnsupportedOperationException("forgetting isn’t a request");
        };
    }

    /** Returns the statuses that allow the operation, as long as the staging isn’t busy. */
    public Set<Status> getStatuses() {
        return Arrays.stream(Status.values())
                .filter(status -> action == null || action.isAllowedFrom(status))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Status.class)));
    }

    /** Returns {@link #getStatuses} as one string, for the page’s script. */
    public String getStatusNames() {
        return getStatuses().stream().map(Status::name).collect(Collectors.joining(" "));
    }

    /** Returns the sentence that says why a status that isn’t among {@link #getStatuses} doesn’t allow the operation. */
    public String getStatusReason() {
        return switch (this) {
            case UPDATE, REDEPLOY -> Messages.StagingOperation_onlyInUse();
            case ARCHIVE -> Messages.StagingOperation_alreadyArchived();
            case RESTORE -> Messages.StagingOperation_notArchived();
            case CLEANUP, FORGET -> Messages.StagingOperation_archiveFirst();
        };
    }

    /** Returns the sentence for users who lack the permission. */
    public String getPermissionReason() {
        return Messages.StagingOperation_notPermitted(permission.group.title + "/" + permission.name);
    }

    /** Returns the name of the required permission in the page’s data. */
    public String getPermissionName() {
        return permission == Item.DELETE ? "delete" : "build";
    }

    /** Returns whether users must type the staging’s name as confirmation. */
    public boolean isNameTyped() {
        return this == CLEANUP;
    }

    /** Returns the URL below the staging’s {@code operations}. */
    public String getUrl() {
        return url;
    }

    public String getIcon() {
        return icon;
    }

    public String getTitle() {
        return title.get();
    }

    /** Returns whether the operation removes something. */
    public boolean isDestructive() {
        return permission == Item.DELETE;
    }

    /** Returns the question that users must confirm; null if a form is shown first. */
    @CheckForNull
    public String confirmation(Staging staging) {
        return confirmationOf(staging.getName());
    }

    @CheckForNull
    @ModuleInternal
    public String confirmationOf(String name) {
        return confirmation == null ? null : confirmation.apply(name);
    }
}
