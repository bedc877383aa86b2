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

    /** A list of its own. */
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
     * Refuses those that aren’t for projects, and for nothing but projects, and those that break a rule of their own. For that,
     * one that the project has already isn’t looked at: it stays what it is, and the plugin that it is for may be gone.
     *
     * @param project null for one that isn’t made yet
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
     * As the other, of what was read from the XML.
     *
     * @param project {@code null} for a project that isn’t made yet
     */
    private static void requireValidXml(@CheckForNull OctopodProject project, OctopodProject read) {
        try {
            requireValid(project, read.getProperties() == null ? List.of() : of(read));
        } catch (FormException e) {
            throw (Failure) new Failure(e.getMessage()).initCause(e);
        }
    }

    /**
     * Refuses a project that is being made from posted XML that breaks a rule of a property. What is stored is loaded as it is, and
     * checked where it is used: a rule may be newer than the file. A copy is there before it is read, and can do no more than
     * what it is a copy of.
     *
     * @throws Failure if a rule is broken; the message is a sentence
     */
    static void requireValidIfPosted(OctopodProject project) {
        if (Items.currentlyUpdatingByXml() && !isThere(project.getParent(), project.getName())) {
            requireValidXml(null, project);
        }
    }

    /** Whether there is an item of that name, whoever may see it. */
    private static boolean isThere(ItemGroup<? extends Item> parent, String name) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return parent.getItem(name) != null;
        }
    }

    /** Makes them the only ones that the project has, and stores that where it is different. */
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

    /** Sorted: the form has an order of its own, and none means anything. */
    private static List<String> written(List<AbstractFolderProperty<?>> properties) {
        return properties.stream().map(ProjectPropertyList::written).sorted().toList();
    }

    private static String written(AbstractFolderProperty<?> property) {
        return Items.XSTREAM2.toXML(property);
    }
}
