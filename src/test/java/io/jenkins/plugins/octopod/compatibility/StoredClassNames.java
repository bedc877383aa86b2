package io.jenkins.plugins.octopod.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The names of the plugin's classes in the XML files of a JENKINS_HOME. Each is one line: the kind of node and its name or
 * value. An attribute {@code plugin} has the name of the plugin, not of a class, and so isn't among them.
 */
final class StoredClassNames {

    private static final String PREFIX = "io.jenkins.plugins.octopod.";

    private final Set<String> found = new TreeSet<>();

    private StoredClassNames() {}

    static Set<String> in(Path home) throws Exception {
        StoredClassNames names = new StoredClassNames();
        for (Path file : files(home)) {
            names.add(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement());
        }
        return names.found;
    }

    /** Without the plugins that the test's Jenkins has unpacked, which are not stored by Jenkins. */
    private static Iterable<Path> files(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .filter(file -> !file.startsWith(home.resolve("plugins")))
                    .filter(file -> !file.startsWith(home.resolve("war")))
                    .sorted()
                    .toList();
        }
    }

    private void add(Node node) {
        if (node.getNodeType() == Node.ELEMENT_NODE) {
            add("element", node.getNodeName());
        } else if (node.getNodeValue() != null) {
            add("text", node.getNodeValue().strip());
        }
        NamedNodeMap attributes = node.getAttributes();
        for (int i = 0; attributes != null && i < attributes.getLength(); i++) {
            add(attributes.item(i).getNodeName() + " =", attributes.item(i).getNodeValue());
        }
        NodeList children = node.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            add(children.item(i));
        }
    }

    private void add(String kind, String value) {
        if (value.contains(PREFIX)) {
            found.add(kind + ' ' + value);
        }
    }
}
