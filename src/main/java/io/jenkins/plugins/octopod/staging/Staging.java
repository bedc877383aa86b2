package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.RunMap;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.queue.CauseOfBlockage;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectChild;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.xml.transform.Source;
import jenkins.model.Jenkins;
import jenkins.model.lazy.LazyBuildMixIn;
import jenkins.model.queue.ItemDeletion;
import org.kohsuke.stapler.export.Exported;
import org.springframework.security.core.Authentication;

/**
 * A staging: what people asked for is its {@code config.xml} and changes only through {@link Stagings}; what was observed
 * is a {@link StagingRecord} in a file beside it; what happens to it are its runs.
 */
public class Staging extends Job<Staging, StagingRun>
        implements ProjectChild, Queue.Task, LazyBuildMixIn.LazyLoadingJob<Staging, StagingRun> {

    private static final String OBSERVED_FILE = "observed.xml";

    private Overrides applicationOverrides;
    private Overrides deploymentOverrides;

    /** What the name was made from; null where somebody gave the name itself. */
    @CheckForNull
    private String branch;

    private long createdAt;
    private String createdBy;
    private long changedAt;
    private String changedBy;

    private transient volatile StagingRecord observed;
    private transient LazyBuildMixIn<Staging, StagingRun> buildMixIn;

    /** Its file needs one writer at a time, and the record goes from one state to the next. */
    private transient Object recordLock;

    Staging(OctopodProject parent, StagingName name) {
        super(parent, name.value());
        applicationOverrides = Overrides.NONE;
        deploymentOverrides = Overrides.NONE;
        initTransients();
    }

    private void initTransients() {
        recordLock = new Object();
        buildMixIn = new BuildMixIn();
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
            initTransients();
        }
        applicationOverrides = applicationOverrides == null ? Overrides.NONE : applicationOverrides;
        deploymentOverrides = deploymentOverrides == null ? Overrides.NONE : deploymentOverrides;
        buildMixIn.onLoad(parent, name);
        observed = loadRecord();
    }

    private StagingRecord loadRecord() throws IOException {
        XmlFile file = observedFile();
        if (file.exists()) {
            return (StagingRecord) file.read();
        }
        // Somebody brought the config.xml alone: nothing is known, so it is shown as what has to be looked at.
        return StagingRecord.initial(Status.GenericFailure, Instant.now(), null)
                .with(Status.GenericFailure, Messages.Staging_neverObserved(), Instant.now());
    }

    private XmlFile observedFile() {
        return new XmlFile(StagingXml.XSTREAM, new File(getRootDir(), OBSERVED_FILE));
    }

    @NonNull
    @Override
    public OctopodProject getParent() {
        return (OctopodProject) super.getParent();
    }

    /** The current record; a snapshot that doesn't change. */
    @NonNull
    public StagingRecord record() {
        return observed;
    }

    /**
     * Takes the record to its next state, and writes it where that is another one.
     *
     * @throws IOException if it can't be written; the record is then as it was
     */
    StagingRecord observe(UnaryOperator<StagingRecord> change) throws IOException {
        synchronized (recordLock) {
            StagingRecord next = change.apply(observed);
            if (!next.equals(observed)) {
                observedFile().write(next);
                observed = next;
            }
            return next;
        }
    }

    /** Its name, as it was checked when it was created. */
    public StagingName stagingName() {
        return new StagingName(getName());
    }

    @Exported
    public Status getStatus() {
        return record().status();
    }

    @Exported
    public List<StagingLink> getLinks() {
        return record().links();
    }

    /** Whether an action is waiting or running; until it is done, no other is accepted. */
    @Exported
    public boolean isBusy() {
        return record().pending() != null;
    }

    public Overrides getApplicationOverrides() {
        return applicationOverrides;
    }

    public Overrides getDeploymentOverrides() {
        return deploymentOverrides;
    }

    /** What the name was made from; null where somebody gave the name itself. */
    @CheckForNull
    public String getBranch() {
        return branch;
    }

    public Instant createdAt() {
        return Instant.ofEpochMilli(createdAt);
    }

    /** A user id; null where it isn't known. */
    @CheckForNull
    public String getCreatedBy() {
        return createdBy;
    }

    public Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }

    /** A user id; null where it isn't known. */
    @CheckForNull
    public String getChangedBy() {
        return changedBy;
    }

    /** Takes over what somebody asked for; the caller saves. */
    void desire(Overrides application, Overrides deployment, String fromBranch, Instant now, String user) {
        if (createdAt == 0) {
            createdAt = now.toEpochMilli();
            createdBy = user;
            branch = fromBranch;
        }
        changedAt = now.toEpochMilli();
        changedBy = user;
        applicationOverrides = application;
        deploymentOverrides = deployment;
    }

    /** Writes the first record of a staging that is being created, before others can see it. */
    void begin(StagingRecord first) throws IOException {
        observedFile().write(first);
        observed = first;
    }

    /** Forgets the staging without running anything; refused while an action is waiting or running. */
    @Override
    public void delete() throws IOException, InterruptedException {
        checkPermission(DELETE);
        if (isBusy() && !ItemDeletion.contains(this)) {
            throw new Failure(BusySentence.of(this));
        }
        super.delete();
    }

    /** What people want of it goes through {@link Stagings}, so nobody may configure it past its rules. */
    @NonNull
    @Override
    public ACL getACL() {
        ACL all = super.getACL();
        return new ACL() {
            @Override
            public boolean hasPermission2(@NonNull Authentication authentication, @NonNull Permission permission) {
                boolean locked = permission == Item.CONFIGURE && !authentication.equals(ACL.SYSTEM2);
                return !locked && all.hasPermission2(authentication, permission);
            }
        };
    }

    @Override
    public void updateByXml(Source source) {
        throw new Failure(Messages.Staging_notConfigurable());
    }

    /** Control scripts know the staging by its name. */
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

    @Override
    public Label getAssignedLabel() {
        StagingRun unfinished = unfinishedRun();
        Node agent = unfinished == null ? null : unfinished.agent();
        return agent != null ? agent.getSelfLabel() : getParent().assignedLabel();
    }

    @CheckForNull
    @Override
    public Node getLastBuiltOn() {
        StagingRun last = getLastBuild();
        return last == null ? null : last.agent();
    }

    @CheckForNull
    @Override
    public CauseOfBlockage getCauseOfBlockage() {
        StagingRun unfinished = unfinishedRun();
        boolean executing = unfinished != null && unfinished.getExecutor() != null;
        return executing ? CauseOfBlockage.fromMessage(Messages._Staging_blocked(unfinished.getDisplayName())) : null;
    }

    /** A new run; or the one that a restart of Jenkins has interrupted, to go on with. */
    @Override
    public Queue.Executable createExecutable() throws IOException {
        StagingRun unfinished = unfinishedRun();
        return unfinished != null ? unfinished : buildMixIn.newBuild();
    }

    /** The run that isn't done; null where there is none. */
    @CheckForNull
    public StagingRun unfinishedRun() {
        StagingRun last = getLastBuild();
        return last != null && last.isBuilding() ? last : null;
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

    @NonNull
    @Override
    public DescriptorImpl getDescriptor() {
        return (DescriptorImpl) Jenkins.get().getDescriptorOrDie(getClass());
    }

    private final class BuildMixIn extends LazyBuildMixIn<Staging, StagingRun> {
        @Override
        protected Staging asJob() {
            return Staging.this;
        }

        @Override
        protected Class<StagingRun> getBuildClass() {
            return StagingRun.class;
        }
    }

    /** Stagings are made by {@link Stagings} only: no “New Item”, copy or {@code config.xml} makes one. */
    @Extension
    public static class DescriptorImpl extends TopLevelItemDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.Staging_displayName();
        }

        @Override
        public boolean isApplicableIn(ItemGroup parent) {
            return false;
        }

        @Override
        public TopLevelItem newInstance(ItemGroup parent, String name) {
            throw new UnsupportedOperationException("stagings are created through the façade");
        }
    }
}
