package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a staging is reached, by Ingresses and by the Gateway API, and the hosts that the chart is told for that. */
class HelmLinksTest extends AbstractHelmTest {

    private static final String CHART =
            HelmScripts.CHART.resolveSibling("routes").toString();
    private static final String GATEWAYS = "gateway.networking.k8s.io/v1";
    private static final String GATEWAY =
            """
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "public"},
             "spec": {"listeners": [
                 {"name": "web", "protocol": "HTTP", "port": 80},
                 {"name": "secure", "protocol": "HTTPS", "port": 443, "hostname": "*.staging.example.com"},
                 {"name": "other", "protocol": "HTTPS", "port": 8443, "hostname": "secure.example.com"}]}}
            """;

    private void useKeys(Path helm, String hostKeys) throws Exception {
        scripts = new HelmScripts(directory, helm)
                .settings("deployment chart_name=" + CHART, "ingress-host-key " + hostKeys, "timeout 30s");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void hostsOfRoutesAreLinks(Path helm) throws Exception {
        useKeys(helm, "route.hostnames[0]");
        cluster.addGateways();
        cluster.create(GATEWAYS, "gateways", GATEWAY);
        deploy("orange", Map.of("route.hostnames[1]", "plain.example.org", "route.hostnames[2]", "*.example.org"));
        assertEquals("orange,https://orange.staging.example.com\norange,http://plain.example.org\n", links("orange"));
    }

    @ParameterizedTest
    @MethodSource("helms")
    void theListenersThatARouteNamesDecideWhetherItIsSecure(Path helm) throws Exception {
        useKeys(helm, "route.hostnames[0]");
        cluster.addGateways();
        cluster.create(GATEWAYS, "gateways", GATEWAY);
        deploy("orange", Map.of());
        Map<String, String> schemes = new LinkedHashMap<>();
        schemes.put("'name': 'public'", "https");
        schemes.put("'name': 'public', 'sectionName': 'web'", "http");
        schemes.put("'name': 'public', 'sectionName': 'secure'", "https");
        schemes.put("'name': 'public', 'sectionName': 'other'", "http");
        schemes.put("'name': 'public', 'port': 443", "https");
        schemes.put("'name': 'public', 'port': 80", "http");
        schemes.put("'name': 'public', 'port': 443, 'kind': 'Service'", "http");
        schemes.put("'name': 'public', 'sectionName': 'web'}, {'name': 'public', 'sectionName': 'secure'", "https");
        // These can't be read.
        schemes.put("'name': 'none', 'sectionName': 'http'", "http");
        schemes.put("'name': 'none', 'sectionName': 'https-public'", "https");
        schemes.put("'name': 'none', 'port': 443", "https");
        schemes.put("'name': 'none', 'namespace': '../secrets?', 'port': 443", "https");
        schemes.put("'name': '--all', 'port': 443, 'kind': 'Other'", "https");
        for (Map.Entry<String, String> each : schemes.entrySet()) {
            String parents = "{'spec': {'parentRefs': [{%s}]}}".formatted(each.getKey());
            cluster.patch(GATEWAYS, "httproutes", "orange", parents.replace('\'', '"'));
            assertEquals(
                    "orange," + each.getValue() + "://orange.staging.example.com\n", links("orange"), each::getKey);
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void severalValuesGetTheHost(Path helm) throws Exception {
        useKeys(helm, "ingress.hosts[0].host ingress.tls[0].hosts[0] route.hostnames[0]");
        cluster.addGateways();
        deploy("orange", Map.of("ingress.enabled", "true"));
        JsonNode ingress =
                cluster.get("networking.k8s.io/v1", "ingresses", "orange").path("spec");
        assertEquals("orange.staging.example.com", ingress.at("/rules/0/host").asText());
        assertEquals("orange.staging.example.com", ingress.at("/tls/0/hosts/0").asText());
        assertEquals("shop-tls", ingress.at("/tls/0/secretName").asText());
        assertEquals(
                "orange.staging.example.com",
                cluster.get(GATEWAYS, "httproutes", "orange")
                        .at("/spec/hostnames/0")
                        .asText());
        assertEquals(
                "orange,https://orange.staging.example.com\norange,http://orange.staging.example.com\n",
                links("orange"));

        scripts.variable("INGRESS_HOST_KEY", "route.hostnames[0]");
        deploy("orange", Map.of("ingress.enabled", "true"));
        ingress = cluster.get("networking.k8s.io/v1", "ingresses", "orange").path("spec");
        assertEquals("shop.local", ingress.at("/rules/0/host").asText());
    }

    /** A role that was written for a chart without routes goes on to do. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatAnAccountMayNotListIsMissedOnlyWhereTheReleaseHasIt(Path helm) throws Exception {
        useKeys(helm, "ingress.hosts[0].host");
        cluster.addGateways();
        deploy("orange", Map.of("ingress.enabled", "true", "route.enabled", "false"));
        cluster.forbid("httproutes");
        assertEquals("orange,http://orange.staging.example.com\n", links("orange"));

        cluster.forbid("ingresses");
        ScriptResult refused = run(ControlScript.INFO, "orange", Map.of());
        assertFalse(refused.isSuccess(), refused.stdout());
        assertEquals("", refused.stdout());
        assertEquals(
                "The links of orange can't be told, as the account of these scripts may not list"
                        + " ingresses.networking.k8s.io: allow it to get and list them.\n",
                refused.stderr());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void theRouteOfAnotherReleaseIsNoLink(Path helm) throws Exception {
        useKeys(helm, "route.hostnames[0]");
        cluster.addGateways();
        deploy("green", Map.of());
        deploy("orange", Map.of("instance", "green", "route.hostnames[0]", "phishing.example.com"));
        assertEquals("green,http://green.staging.example.com\n", links("green"));
    }

    private void deploy(String name, Map<String, String> values) throws Exception {
        assertRuns(ControlScript.UPDATE, name, values);
    }

    private String links(String name) throws Exception {
        return assertRuns(ControlScript.INFO, name, Map.of()).stdout();
    }
}
