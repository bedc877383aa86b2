package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.RunMap;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import io.jenkins.plugins.octopod.staging.support.DeletedFiles;
import io.jenkins.plugins.octopod.staging.waiting.KeptRequests;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.transform.Source;
import jenkins.model.Jenkins;
import jenkins.model.lazy.LazyBuildMixIn;

/**
 * Implements what Jenkins requires of a job that loads its runs on demand and that users can’t configure.
 * {@link Staging} has the data and the behavior of the staging itself.
 */
public abstract class LazyStagingJob extends Job<Staging, StagingRun>
        implements Queue.Task, LazyBuildMixIn.LazyLoadingJob<Staging, StagingRun> {

    private static final Logger LOGGER = Logger.getLogger(LazyStagingJob.class.getName());

    private transient LazyBuildMixIn<Staging, StagingRun> buildMixIn;
    private transient CurrentRun unfinishedRun;

    /** Zero if none is assigned yet. */
    private volatile long number;

    private transient volatile boolean cleanedUp;

    /** Null unless the last attempt to delete this item after a cleanup failed. */
    @CheckForNull
    private transient volatile String deletionFailure;

    LazyStagingJob(ItemGroup<?> parent, String name) {
        super(parent, name);
        buildMixIn = new BuildMixIn();
        unfinishedRun = new CurrentRun(this);
    }

    @Override
    public void onCreatedFromScratch() {
        super.onCreatedFromScratch();
        buildMixIn.onCreatedFromScratch();
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        super.onLoad(parent, name);
        if (buildMixIn == null) {
            buildMixIn = new BuildMixIn();
        }
        buildMixIn.onLoad(parent, name);
        unfinishedRun = new CurrentRun(this);
        cleanedUp = DeletedFiles.isCleanedUp(getRootDir().toPath());
    }

    /** Includes the actions that are served directly below this item’s URL. */
    @Override
    public Collection<?> getOverrides() {
        List<Object> overrides = new ArrayList<>(super.getOverrides());
        overrides.addAll(getActions(StagingUrlActions.class));
        return overrides;
    }

    /**
     * Returns a new run of the pending action, or the run that a restart interrupted, to continue; {@code null} if no
     * run can be stored now, or if the queue item is not the one of the pending action.
     */
    @CheckForNull
    @Override
    public Queue.Executable createExecutable() {
        if (!QueuedRequest.isPendingOfCurrentExecutor((Staging) this)) {
            LOGGER.info(() -> "An outdated queue item of " + getFullName() + " is dropped");
            RunLifecycle.get().resume((Staging) this);
            return null;
        }
        StagingRun unfinished = unfinishedRun();
        if (unfinished != null) {
            return unfinished;
        }
        try {
            return unfinishedRun.begun(buildMixIn.newBuild());
        } catch (IOException e) {
            // Queued again here, because nothing else notices the failure and the staging would wait for its run
            // forever.
            LOGGER.log(Level.WARNING, e, () -> "There can't be a run of " + getFullName() + " now; it is queued again");
            RunLifecycle.get().requeue((Staging) this);
            return null;
        }
    }

    /** Returns the run that isn’t done; null if there is none. Reads files only the first time after a start. */
    @CheckForNull
    public StagingRun unfinishedRun() {
        return unfinishedRun.get();
    }

    /**
     * Deletes this item after a successful cleanup, although its pending action is not completed yet.
     *
     * @throws IOException if its files can’t be deleted now; the staging still exists
     * @throws RuntimeException if another plugin vetoes it, or another thread is deleting it; the staging still exists
     */
    @ModuleInternal
    public void deleteAfterCleanup() throws IOException, InterruptedException {
        cleanedUp = true;
        DeletedFiles.markCleanedUp(getRootDir().toPath());
        try {
            delete();
        } catch (IOException | RuntimeException e) {
            deletionFailure = e.getMessage() == null ? e.toString() : e.getMessage();
            StagingListener.fireChanged((Staging) this);
            throw e;
        }
    }

    /**
     * Returns whether the staging is cleaned up and its item remains only because its files couldn’t be deleted yet.
     */
    @ModuleInternal
    public boolean isCleanedUp() {
        return cleanedUp;
    }

    /** Returns why the files couldn’t be deleted after a cleanup, as a sentence; null if no attempt has failed. */
    @CheckForNull
    public String undeletableSentence() {
        String why = deletionFailure;
        return why == null ? null : Messages.Staging_undeletable(why);
    }

    /**
     * Deletes the files in another way than core, which deletes {@code config.xml} first, so that after a restart
     * nothing would know of files that couldn’t be deleted. A request that waits for the staging is kept.
     */
    @Override
    protected void performDelete() throws IOException {
        OctopodProject project = ((Staging) this).getParent();
        KeptRequests.keep(
                project, getName(), ((Staging) this).waitingRequests().current().request());
        DeletedFiles.delete(project.getRootDir().toPath(), getRootDir().toPath());
    }

    /**
     * Saves the item like {@link #save}.
     *
     * @throws NoSuchFileException if its directory doesn’t exist, because the staging was deleted. Saving would create a
     *     directory that belongs to no staging or to a new one.
     */
    synchronized void saveIfPresent() throws IOException {
        if (!getRootDir().isDirectory()) {
            throw new NoSuchFileException(getRootDir().getPath());
        }
        save();
    }

    /**
     * Returns the number that distinguishes its runs from those of the project’s other stagings, see
     * {@link ActionIdCodec}; zero if none is assigned yet.
     */
    @ModuleInternal
    public long number() {
        return number;
    }

    /** Sets the number. The caller stores it. */
    @ModuleInternal
    public void number(long given) {
        number = given;
    }

    @CheckForNull
    @Override
    public Node getLastBuiltOn() {
        StagingRun last = getLastBuild();
        return last == null ? null : last.agent();
    }

    @Override
    public LazyBuildMixIn<Staging, StagingRun> getLazyBuildMixIn() {
        return buildMixIn;
    }

    @Override
    protected RunMap<StagingRun> _getRuns() {
        return buildMixIn._getRuns();
    }

    @Override
    protected void removeRun(StagingRun run) {
        buildMixIn.removeRun(run);
    }

    @Override
    public StagingRun getBuild(String id) {
        return buildMixIn.getBuild(id);
    }

    @Override
    public StagingRun getBuildByNumber(int n) {
        return buildMixIn.getBuildByNumber(n);
    }

    @Override
    public StagingRun getFirstBuild() {
        return buildMixIn.getFirstBuild();
    }

    @Override
    public StagingRun getLastBuild() {
        return buildMixIn.getLastBuild();
    }

    @Override
    public StagingRun getNearestBuild(int n) {
        return buildMixIn.getNearestBuild(n);
    }

    @Override
    public StagingRun getNearestOldBuild(int n) {
        return buildMixIn.getNearestOldBuild(n);
    }

    @Override
    protected List<StagingRun> getEstimatedDurationCandidates() {
        return buildMixIn.getEstimatedDurationCandidates();
    }

    /** Denies Item/Configure to all users, because changes go through the façade and its rules. */
    @NonNull
    @Override
    public ACL getACL() {
        ACL all = super.getACL();
        return ACL.lambda2(
                (authentication, permission) -> (permission != CONFIGURE || authentication.equals(ACL.SYSTEM2))
                        && all.hasPermission2(authentication, permission));
    }

    @Override
    public void updateByXml(Source source) {
        throw new Failure(Messages.Staging_notConfigurable());
    }

    /** The name is fixed because control scripts identify the staging by it. */
    @Override
    public boolean isNameEditable() {
        return false;
    }

    @Override
    public boolean isBuildable() {
        return true;
    }

    @Override
    public String getPronoun() {
        return Messages.Staging_displayName();
    }

    /** Returns the descriptor, as {@link hudson.model.TopLevelItem} requires. */
    @NonNull
    public StagingDescriptor getDescriptor() {
        return (StagingDescriptor) Jenkins.get().getDescriptorOrDie(Staging.class);
    }

    private final class BuildMixIn extends LazyBuildMixIn<Staging, StagingRun> {
        @Override
        protected Staging asJob() {
            return (Staging) LazyStagingJob.this;
        }

        @Override
        protected Class<StagingRun> getBuildClass() {
            return StagingRun.class;
        }
    }
}
