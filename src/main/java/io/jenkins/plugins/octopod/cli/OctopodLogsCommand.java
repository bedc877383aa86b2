package io.jenkins.plugins.octopod.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.console.PlainTextConsoleOutputStream;
import io.jenkins.plugins.octopod.cli.options.LogType;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.log.RunLogReader;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/**
 * Command that prints the output of one action. The output is streamed from the disk to the client, a piece at a time.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class OctopodLogsCommand extends AbstractOctopodCommand {

    @Option(
            name = "-a",
            aliases = "--action",
            metaVar = "ID",
            forbids = "-n",
            usage = "ID of the action, from octopod-info.")
    @CheckForNull
    private Long actionId;

    @Option(
            name = "-n",
            aliases = "--name",
            metaVar = "NAME",
            forbids = "-a",
            usage = "Name of a staging. Selects its current or last action.")
    @CheckForNull
    private String name;

    @Option(
            name = "-l",
            aliases = "--log-type",
            usage =
                    "Part of the log. stdout and stderr are the output of the script, unchanged. all is the log as Jenkins "
                            + "shows it, with a mark in front of each line of stderr. Default: all.")
    private LogType type = LogType.all;

    public OctopodLogsCommand() {
        super(Messages._OctopodLogsCommand_shortDescription(), Messages._OctopodLogsCommand_details());
    }

    @Override
    int execute() throws RefusalException, IOException, InterruptedException {
        StagingRun run = requestedRun();
        run.checkPermission(StagingPermissions.LOG);
        // Not closed, because Jenkins closes stdout itself after further output.
        OutputStream out = commandOutput().utf8(stdout);
        try {
            if (!run.getLogFile().isFile()) {
                throw new FileNotFoundException(run.getLogFile().getName());
            }
            switch (type) {
                case stdout -> copy(RunLogReader.of(run).open(LogStream.STDOUT), out);
                case stderr -> copy(RunLogReader.of(run).open(LogStream.STDERR), out);
                case all -> {
                    PlainTextConsoleOutputStream plain = new PlainTextConsoleOutputStream(out);
                    copy(run.getLogInputStream(), plain);
                    plain.forceEol();
                }
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            AbortException gone =
                    new AbortException(commandOutput().plain(Messages.Logs_deleted(run.getFullDisplayName())));
            gone.initCause(e);
            throw gone;
        } finally {
            out.flush();
        }
        return 0;
    }

    private StagingRun requestedRun() throws RefusalException {
        Long id = actionId;
        if (id != null) {
            return ActionIdCodec.find(project(), id)
                    .orElseThrow(() -> new RefusalException(Reason.UNKNOWN, Messages.Logs_unknown(Long.toString(id))));
        }
        if (name == null) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.Logs_ofWhat());
        }
        StagingRun last = AbstractStagingCommand.find(project(), name).getLastBuild();
        if (last == null) {
            throw new RefusalException(Reason.UNKNOWN, Messages.Logs_nothing(name));
        }
        return last;
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        try (from) {
            from.transferTo(to);
        }
    }
}
