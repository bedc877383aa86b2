package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.process.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Control scripts that keep the contract, for tests to spoil one by one. A staging is a file “running” and a process that
 * sleeps.
 */
final class GoodScripts {

    private final Path directory;
    private final Path state;

    GoodScripts(Path parent) throws IOException {
        directory = Files.createDirectory(parent.resolve("control scripts"));
        state = Files.createDirectory(parent.resolve("state"));
        String start = "sleep 98765 >/dev/null 2>&1 & echo $! > \"$state/pid\"; touch \"$state/running\"";
        replace("init", "[ $# = 0 ]");
        lifecycle("create", "[ ! -e \"$state/running\" ]", start);
        lifecycle("update", "[ -e \"$state/running\" ]");
        lifecycle("archive", "kill \"$(cat \"$state/pid\")\" 2>/dev/null", "rm -f \"$state/running\"");
        lifecycle("unarchive", "[ ! -e \"$state/running\" ]", start);
        lifecycle("check", "[ -e \"$state/running\" ]");
        lifecycle("archive_check", "[ ! -e \"$state/running\" ]");
        lifecycle("cleanup", "rm -f \"$state\"/*");
        lifecycle("config_check", "echo fine");
        lifecycle("info", "echo app,https://bench.example.com");
        replace("deployment_config", "[ $# = 6 ] && echo image.tag,latest");
        replace("deployment_config_keys", "[ $# = 6 ] && echo image.tag");
        replace("tags", "[ $# = 6 ] && echo latest && echo 'v1,\"first, and last\"'");
        replace("application_config", "[ \"$8\" = image.tag=latest ] && echo 'MOTTO,\"a, b\"'");
        replace("application_config_keys", "[ \"$8\" = image.tag=latest ] && echo MOTTO");
    }

    Path directory() {
        return directory;
    }

    Path state() {
        return state;
    }

    /** A script that insists on the arguments that every lifecycle script gets, then does what the lines say. */
    void lifecycle(String name, String... lines) {
        replace(
                name,
                "[ \"$1 $3 $5 $7\" = '--project-name --base-domain --namespace --name' ] || exit 64",
                "[ \"$9 ${10}\" = '--application-config MOTTO=a, b' ] || exit 65",
                "[ \"${11} ${12}\" = '--deployment-config image.tag=latest' ] || exit 66",
                String.join("\n", lines));
    }

    /** A script of these lines, which know the directory {@code $state}. */
    void replace(String name, String... lines) {
        Scripts.write(directory, name, "state='" + state + "'", String.join("\n", lines));
    }

    void remove(String name) throws IOException {
        Files.delete(directory.resolve(name));
    }
}
