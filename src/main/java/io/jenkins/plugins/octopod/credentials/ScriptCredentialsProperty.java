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

/** Which credentials a project’s control scripts are given, and in which environment variables. */
public final class ScriptCredentialsProperty extends AbstractFolderProperty<OctopodProject>
        implements ValidatedProperty {

    private final List<MultiBinding<?>> bindings;

    @DataBoundConstructor
    @SuppressWarnings("rawtypes") // as of others, Job DSL doesn’t know what can be in the list
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

    /** What scripts can’t be given is refused by each of them; this says so to whoever sets it. */
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

    /** Shows them in the project’s configuration. */
    @Extension
    @Symbol("octopodCredentials")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ScriptCredentialsProperty_displayName();
        }

        /** Those that scripts can be given. */
        public List<BindingDescriptor<?>> getBindingDescriptors() {
            List<BindingDescriptor<?>> descriptors = new ArrayList<>();
            for (BindingDescriptor<?> descriptor : ExtensionList.lookup(BindingDescriptor.class)) {
                if (BindingHandler.of(descriptor.clazz).isPresent()) {
                    descriptors.add(descriptor);
                }
            }
            return descriptors;
        }

        /** None where nothing is bound. */
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
