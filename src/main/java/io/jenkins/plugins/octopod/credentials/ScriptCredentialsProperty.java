package io.jenkins.plugins.octopod.credentials;

import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ValidatedProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.credentialsbinding.BindingDescriptor;
import org.jenkinsci.plugins.credentialsbinding.MultiBinding;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** Property of a project: credentials that its control scripts get, and their environment variables. */
public final class ScriptCredentialsProperty extends AbstractFolderProperty<OctopodProject>
        implements ValidatedProperty {

    private final List<MultiBinding<?>> bindings;

    @DataBoundConstructor
    @SuppressWarnings("rawtypes") // Raw type, because Job DSL can’t determine the list’s elements otherwise.
    public ScriptCredentialsProperty(List<MultiBinding> bindings) {
        this.bindings = new ArrayList<>();
        if (bindings != null) {
            bindings.forEach(this.bindings::add);
        }
    }

    @NonNull
    public List<MultiBinding<?>> getBindings() {
        return bindings == null ? List.of() : List.copyOf(bindings);
    }

    static List<MultiBinding<?>> bindingsOf(OctopodProject project) {
        ScriptCredentialsProperty property = project.getProperties().get(ScriptCredentialsProperty.class);
        return property == null ? List.of() : property.getBindings();
    }

    /**
     * Refuses bindings that scripts can’t get, so that users see the problem when they save. Scripts refuse them as
     * well.
     */
    @Override
    public void requireValid() throws FormException {
        for (MultiBinding<?> binding : getBindings()) {
            if (BindingHandler.of(binding.getClass()).isEmpty()) {
                throw new FormException(
                        "bindings: "
                                + Messages.ScriptCredentialsProperty_unknownKind(
                                        binding.getDescriptor().getDisplayName()),
                        "bindings");
            }
            Optional<String> refusal = BindingCheck.refusal(binding);
            if (refusal.isPresent()) {
                throw new FormException("bindings: " + refusal.get(), "bindings");
            }
        }
    }

    /** Descriptor of the property. */
    @Extension
    @Symbol("octopodCredentials")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ScriptCredentialsProperty_displayName();
        }

        /** Returns the kinds of bindings that scripts can get. */
        public List<BindingDescriptor<?>> getBindingDescriptors() {
            List<BindingDescriptor<?>> descriptors = new ArrayList<>();
            for (BindingDescriptor<?> descriptor : ExtensionList.lookup(BindingDescriptor.class)) {
                if (BindingHandler.of(descriptor.clazz).isPresent()) {
                    descriptors.add(descriptor);
                }
            }
            return descriptors;
        }

        /** Creates the property; null if nothing is bound. */
        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            ScriptCredentialsProperty property = (ScriptCredentialsProperty) super.newInstance(req, formData);
            if (property == null || property.getBindings().isEmpty()) {
                return null;
            }
            property.requireValid();
            return property;
        }
    }
}
