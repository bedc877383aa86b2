package io.jenkins.plugins.octopod.staging.state;

import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import hudson.util.XStream2;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingLink;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Defines how the state of a staging is written in XML. The stored names do not depend on names of classes. */
@ModuleInternal
public final class StateXStream {

    private static final Logger LOGGER = Logger.getLogger(StateXStream.class.getName());

    /** XStream for {@code observed.xml}. */
    public static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("octopod-observed", ObservedState.class);
        XSTREAM.registerConverter(new StatusHistoryConverter(), 10);
        register(XSTREAM);
    }

    private StateXStream() {}

    /** Registers the names and converters of the values that items, runs and queue items contain. */
    public static void register(XStream2 xstream) {
        xstream.alias("octopod-action", StagingRunParameters.class);
        xstream.alias("link", StagingLink.class);
        xstream.registerConverter(new OverridesConverter(), 10);
        xstream.registerConverter(new LinkConverter(), 10);
    }

    /** Writes overrides as {@code <set key="image.tag">015f16e</set><remove key="DEBUG"/>}. */
    private static final class OverridesConverter implements Converter {

        @Override
        public boolean canConvert(@SuppressWarnings("rawtypes") Class type) {
            return type == Overrides.class;
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            ((Overrides) source).asMap().forEach((key, value) -> {
                writer.startNode(value == null ? "remove" : "set");
                writer.addAttribute("key", key);
                if (value != null) {
                    writer.setValue(value);
                }
                writer.endNode();
            });
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            Overrides.Builder overrides = new Overrides.Builder();
            while (reader.hasMoreChildren()) {
                reader.moveDown();
                try {
                    if (reader.getNodeName().equals("remove")) {
                        overrides.remove(reader.getAttribute("key"));
                    } else {
                        overrides.set(reader.getAttribute("key"), reader.getValue());
                    }
                } catch (RefusalException e) {
                    LOGGER.log(Level.WARNING, "An override that can’t be one was left out: {0}", e.getMessage());
                }
                reader.moveUp();
            }
            return overrides.build();
        }
    }

    /** Writes a link as {@code <link name="app">https://example.com</link>}. */
    private static final class LinkConverter implements Converter {

        @Override
        public boolean canConvert(@SuppressWarnings("rawtypes") Class type) {
            return type == StagingLink.class;
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            StagingLink link = (StagingLink) source;
            writer.addAttribute("name", link.name());
            writer.setValue(link.url());
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            return new StagingLink(reader.getAttribute("name"), reader.getValue());
        }
    }
}
