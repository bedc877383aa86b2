package io.jenkins.plugins.octopod.project;

import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.Folder;
import com.thoughtworks.xstream.XStreamException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.BulkChange;
import hudson.model.Descriptor.FormException;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerException;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import jenkins.util.xml.XMLUtils;
import org.xml.sax.SAXException;

/**
 * Settings that other packages and plugins add to projects as folder properties. Properties that a plain folder has as
 * well, such as credentials and permissions, are not settings of a project and are ignored here.
 */
final class ProjectPropertyList {

    private ProjectPropertyList() {}

    /** Returns the project’s settings as a new list. */
    static List<AbstractFolderProperty<?>> of(OctopodProject project) {
        List<AbstractFolderProperty<?>> found = new ArrayList<>();
        for (AbstractFolderProperty<?> property : project.getProperties()) {
            if (isSetting(property)) {
                found.add(property);
            }
        }
        return found;
    }

    /**
     * Refuses properties that aren’t for projects only, and those that break their own rules. The project’s existing
     * properties aren’t checked against their rules, because they stay unchanged and their plugin might no longer exist.
     *
     * @param project project; null for a project that doesn’t exist yet
     */
    static void requireValid(@CheckForNull OctopodProject project, List<AbstractFolderProperty<?>> wanted)
            throws FormException {
        List<String> stored = project == null ? List.of() : written(of(project));
        for (AbstractFolderProperty<?> property : wanted) {
            if (!isSetting(property) || !property.getDescriptor().isApplicable(OctopodProject.class)) {
                throw new FormException(
                        Messages.ProjectPropertyList_notOfProjects(
                                property.getDescriptor().getDisplayName()),
                        "projectProperties");
            }
            if (property instanceof ValidatedProperty validated && !stored.contains(written(property))) {
                validated.requireValid();
            }
        }
    }

    /**
     * Refuses XML that breaks a rule of a property.
     *
     * @param project project that the XML is posted to
     * @return the same XML, to be read again
     * @throws Failure if a rule is broken; the message is a sentence
     */
    static Source requireValidXml(OctopodProject project, Source posted) throws IOException {
        StringWriter xml = new StringWriter();
        try {
            XMLUtils.safeTransform(posted, new StreamResult(xml));
            if (Items.XSTREAM2.fromXML(xml.toString()) instanceof OctopodProject read) {
                requireValidXml(project, read);
            }
        } catch (TransformerException | SAXException | XStreamException e) {
            throw new IOException("The posted XML can't be read", e);
        }
        return new StreamSource(new StringReader(xml.toString()));
    }

    /**
     * Refuses a project that was read from XML and breaks a rule of a property.
     *
     * @param project {@code null} for a project that doesn’t exist yet
     */
    private static void requireValidXml(@CheckForNull OctopodProject project, OctopodProject read) {
        try {
            requireValid(project, read.getProperties() == null ? List.of() : of(read));
        } catch (FormException e) {
            throw (Failure) new Failure(e.getMessage()).initCause(e);
        }
    }

    /**
     * Refuses a new project from posted XML that breaks a rule of a property. Stored projects are loaded unchanged and
     * checked when they are used, because a rule can be newer than the file. A copied project already exists when it is
     * read, and can do no more than its original.
     *
     * @throws Failure if a rule is broken; the message is a sentence
     */
    static void requireValidIfPosted(OctopodProject project) {
        if (Items.currentlyUpdatingByXml() && !isThere(project.getParent(), project.getName())) {
            requireValidXml(null, project);
        }
    }

    /** Returns whether an item with the name exists, even if the current user can’t see it. */
    private static boolean isThere(ItemGroup<? extends Item> parent, String name) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return parent.getItem(name) != null;
        }
    }

    /** Replaces the project’s settings, and saves the project if they differ. */
    static void replace(OctopodProject project, List<AbstractFolderProperty<?>> wanted) throws IOException {
        List<AbstractFolderProperty<?>> before = of(project);
        if (written(before).equals(written(wanted))) {
            return;
        }
        BulkChange change = new BulkChange(project);
        try {
            project.getProperties().removeAll(before);
            for (AbstractFolderProperty<?> property : wanted) {
                project.addProperty(property);
            }
            change.commit();
        } finally {
            change.abort();
        }
    }

    private static boolean isSetting(AbstractFolderProperty<?> property) {
        return !property.getDescriptor().isApplicable(Folder.class);
    }

    /** Returns the settings as sorted XML, because their order has no meaning. */
    private static List<String> written(List<AbstractFolderProperty<?>> properties) {
        return properties.stream().map(ProjectPropertyList::written).sorted().toList();
    }

    private static String written(AbstractFolderProperty<?> property) {
        return Items.XSTREAM2.toXML(property);
    }
}
