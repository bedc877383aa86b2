package io.jenkins.plugins.octopod.security;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Environment variables that determine which programs run, or from where. Users who configure a project choose the
 * variables of its scripts, but only an administrator decides which programs run on agents. The list contains variables
 * of shells, the dynamic linker, common interpreters, Git, Helm and kubectl. It can’t contain those of all programs of
 * a site.
 */
public final class ProtectedVariables {

    private static final Set<String> NAMES = Set.of(
            // System and linker.
            "PATH",
            "PATHEXT",
            "COMSPEC",
            "SYSTEMROOT",
            "WINDIR",
            "SHELL",
            "HOME",
            "USERPROFILE",
            "APPDATA",
            "LOCALAPPDATA",
            "TMPDIR",
            "TMP",
            "TEMP",
            "GCONV_PATH",
            "LOCPATH",
            "GLIBC_TUNABLES",
            "HUDSON_COOKIE",
            "OPENSSL_CONF",
            "OPENSSL_ENGINES",
            "OPENSSL_MODULES",
            "DBUS_SESSION_BUS_ADDRESS",
            // Shells.
            "BASH_ENV",
            "ENV",
            "SHELLOPTS",
            "BASHOPTS",
            "IFS",
            "PS4",
            "PROMPT_COMMAND",
            "CDPATH",
            "GLOBIGNORE",
            "ZDOTDIR",
            "FPATH",
            "PSMODULEPATH",
            // Interpreters.
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "JAVA_HOME",
            "JAVA_OPTS",
            "CLASSPATH",
            "MAVEN_OPTS",
            "GRADLE_OPTS",
            "NODE_OPTIONS",
            "NODE_PATH",
            "PERLLIB",
            "PHPRC",
            "PHP_INI_SCAN_DIR",
            "AWKPATH",
            "AWKLIBPATH",
            "DOTNET_STARTUP_HOOKS",
            "TCLLIBPATH",
            // Programs that other programs start.
            "EDITOR",
            "VISUAL",
            "PAGER",
            "BROWSER",
            "LESSOPEN",
            "LESSCLOSE",
            "SSH_ASKPASS",
            "SUDO_ASKPASS",
            "SUDO_EDITOR",
            "RSYNC_RSH",
            "CVS_RSH",
            "SVN_SSH",
            "DOCKER_CONFIG",
            "AWS_CONFIG_FILE",
            "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES",
            "KUBECTL_BIN",
            "KUBECTL_EXTERNAL_DIFF",
            "KUBECTL_PLUGINS_PATH",
            "KUBE_EDITOR",
            "KUBERC",
            // Git’s settings that name a program or a settings file. Others, such as GIT_TOKEN, are allowed.
            "GIT_SSH",
            "GIT_SSH_COMMAND",
            "GIT_ASKPASS",
            "GIT_EDITOR",
            "GIT_SEQUENCE_EDITOR",
            "GIT_PAGER",
            "GIT_EXEC_PATH",
            "GIT_PROXY_COMMAND",
            "GIT_EXTERNAL_DIFF",
            "GIT_TEMPLATE_DIR",
            "GIT_DIR",
            "GIT_COMMON_DIR",
            "GIT_WORK_TREE",
            "GIT_ATTR_SOURCE",
            "GIT_ALLOW_PROTOCOL");

    private static final List<String> PREFIXES = List.of(
            "LD_",
            "DYLD_",
            "BASH_FUNC_",
            "PYTHON",
            "PERL5",
            "RUBY",
            "GEM_",
            "BUNDLE_",
            "LUA_",
            "CORECLR_",
            "COMPLUS_",
            "GIT_CONFIG",
            "XDG_",
            "OCTOPOD_",
            "HELM_");

    /** Variables in docs/helm.md. To Helm, all of them are data for the repository that an administrator has chosen. */
    private static final Set<String> FREE = Set.of("HELM_USER", "HELM_PASS", "HELM_CA_FILE");

    private ProtectedVariables() {}

    /**
     * Returns whether a project may not bind a credential to the variable, because it is protected and no administrator
     * has allowed it. Ignores case, like Windows.
     *
     * @param name name without surrounding white space
     */
    public static boolean isRefused(@NonNull String name) {
        // No system allows these names, and Java refuses them when the script is started.
        if (name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            return true;
        }
        return isProtected(name) && !isAllowed(name);
    }

    private static boolean isProtected(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return NAMES.contains(upper) || PREFIXES.stream().anyMatch(upper::startsWith) && !FREE.contains(upper);
    }

    /** Returns whether an administrator has allowed the variable. */
    public static boolean isAllowed(@NonNull String name) {
        return Arrays.stream(SecuritySettings.get().getAllowedVariables().split("[\\s,]+"))
                .anyMatch(name::equalsIgnoreCase);
    }
}
