package io.jenkins.plugins.octopod.compatibility;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The control scripts, tools and projects of the stored home. */
final class StoredHomeProjects {

    static final Path SCRIPTS = Path.of(VisibleState.PLACE).resolve("scripts");

    private StoredHomeProjects() {}

    static void writeScripts() throws IOException {
        ScriptDirectory scripts = new ScriptDirectory(SCRIPTS);
        for (ControlScript script :
                List.of(ControlScript.CREATE, ControlScript.UPDATE, ControlScript.ARCHIVE, ControlScript.UNARCHIVE)) {
            String name = script.fileName();
            scripts.with(
                    script,
                    "cd '" + SCRIPTS + "'\necho '" + name + " begins'\necho 'a warning' >&2\n"
                            + "while test -f hold-$8; do sleep 0.2; done\necho \"with ${TOKEN:-no token}\"\n"
                            + "if test -f fail-$8; then echo 'no such image' >&2; exit 3; fi\necho '" + name
                            + " ends'");
        }
        scripts.with(ControlScript.CHECK, "cd '" + SCRIPTS + "'\nif test -f check-$8; then exit $(cat check-$8); fi");
        scripts.with(ControlScript.ARCHIVE_CHECK, "exit 0");
        scripts.with(ControlScript.CLEANUP, "echo 'the volume is in use'; exit 7");
        scripts.with(
                ControlScript.INFO,
                "echo \"app,https://$8.example.com\"; echo 'log,https://logs.example.com/?a=1&b=2'");
    }

    /** Sets the tools and the projects, with what changes of one of them. */
    static void configure(Path directory, String lifetime, String sleep, String limits) throws Exception {
        Path file = directory.resolve("jenkins.yaml");
        Files.writeString(file, """
                tool:
                  octopodControlScripts:
                    installations:
                    - name: "plain"
                      home: "%s"
                    - name: "chart"
                      properties:
                      - installSource:
                          installers:
                          - octopodHelmScripts:
                              label: "helm"
                              chartRepoUrl: "https://charts.example.com"
                              chartName: "shop"
                              chartVersion: "^1.2"
                              otherCharts: true
                              ingressHostKey: "ingress.hosts[0].host"
                              withoutWaiting: true
                              applicationDefaults: |-
                                ingress.enabled=true
                                resources.limits.memory=512Mi
                unclassified:
                  octopodProjects:
                    projects:
                    - name: "shop"
                      displayName: "The shop"
                      description: "Every feature of the shop, to be tried"
                      projectName: "web-shop"
                      baseDomain: "staging.example.com"
                      namespace: "shop-staging"
                      controlScripts: "plain"
                      agentLabel: "shop"
                      scriptTimeout: 900
                      statusTimeout: 3
                      maxNameLength: 30
                      tagKey: "app.version"
                      lifetime:
                        expiryDays: 90
                        retentionDays: 0
                      checks:
                        interval: 86400
                        timeout: 10
                        parallelism: 8
                        failuresInRow: 3
                      projectProperties:
                      - octopodCredentials:
                          bindings:
                          - string:
                              credentialsId: "token"
                              variable: "TOKEN"
                          - usernamePassword:
                              credentialsId: "database"
                              usernameVariable: "DB_USER"
                              passwordVariable: "DB_PASSWORD"
                    - name: "team/cellar"
                      baseDomain: "cellar.example.com"
                      controlScripts: "plain"
                      agentLabel: "cellar"
                      statusTimeout: 20
                      lifetime:
                        archiveGoneBranches: false
                %s
                %s
                %s
                      checks:
                        interval: 86400
                      projectProperties:
                      - octopodCluster:
                          server: "https://kubernetes.invalid:6443"
                          credentialsId: "cluster-token"
                          namespace: "^${namespace}-^${name}"
                          selector: "app=^${name}"
                          health: BETWEEN_CHECKS
                """.formatted(SCRIPTS, lifetime.indent(8), sleep.indent(6), limits.indent(6))
                .replaceAll("(?m)^\\s*\n", ""));
        ConfigurationAsCode.get().configure(file.toString());
    }
}
