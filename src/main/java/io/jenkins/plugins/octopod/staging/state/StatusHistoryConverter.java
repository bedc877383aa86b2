package io.jenkins.plugins.octopod.staging.state;

import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import hudson.Util;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes periods, oldest first, as {@code <was status="GenericFailure" since="1764000000000" action="UPDATE"
 * run="3">why</was>}.
 */
final class StatusHistoryConverter implements Converter {

    private static final Logger LOGGER = Logger.getLogger(StatusHistoryConverter.class.getName());

    @Override
    public boolean canConvert(@SuppressWarnings("rawtypes") Class type) {
        return type == StatusHistory.class;
    }

    @Override
    public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
        for (StatusPeriod period : ((StatusHistory) source).periods()) {
            writer.startNode("was");
            writer.addAttribute("status", period.status().name());
            writer.addAttribute("since", String.valueOf(period.since().toEpochMilli()));
            StagingAction action = period.action();
            if (action != null) {
                writer.addAttribute("action", action.name());
            }
            if (period.run() > 0) {
                writer.addAttribute("run", String.valueOf(period.run()));
            }
            String reason = period.reason();
            if (reason != null) {
                writer.setValue(reason);
            }
            writer.endNode();
        }
    }

    /**
     * Reads the periods, and leaves out those that can’t be read.
     *
     * @return {@code null} if no period can be read; the history is then made from the rest of the observed state
     */
    @Override
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        List<StatusPeriod> periods = new ArrayList<>();
        while (reader.hasMoreChildren()) {
            reader.moveDown();
            try {
                periods.add(read(reader));
            } catch (IllegalArgumentException e) {
                LOGGER.log(Level.WARNING, e, () -> "A former status that can't be read was left out");
            }
            reader.moveUp();
        }
        return periods.isEmpty() ? null : StatusHistory.of(periods);
    }

    private static StatusPeriod read(HierarchicalStreamReader reader) {
        String status = reader.getAttribute("status");
        String since = reader.getAttribute("since");
        if (status == null || since == null) {
            throw new IllegalArgumentException("no status, or no time");
        }
        String action = reader.getAttribute("action");
        String run = reader.getAttribute("run");
        return new StatusPeriod(
                Status.valueOf(status),
                Instant.ofEpochMilli(Long.parseLong(since)),
                Util.fixEmpty(reader.getValue()),
                action == null ? null : StagingAction.valueOf(action),
                run == null ? 0 : Integer.parseInt(run));
    }
}
