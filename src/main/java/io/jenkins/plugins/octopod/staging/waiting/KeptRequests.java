package io.jenkins.plugins.octopod.staging.waiting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Requests that waited for deleted stagings of a project. The files of a staging are deleted before its waiting request
 * can be submitted, which can take a while. So the request is kept in a directory of the project until it is accepted
 * or refused.
 */
@ModuleInternal
public final class KeptRequests {

    private static final Logger LOGGER = Logger.getLogger(KeptRequests.class.getName());
    private static final String DIRECTORY = "waiting-requests";
    private static final String SUFFIX = ".xml";

    private KeptRequests() {}

    /**
     * Keeps a request, and replaces one that is kept for a staging of the same name.
     *
     * @param request request to keep; null if none waits, so that none is kept afterwards
     */
    public static void keep(OctopodProject project, String staging, @CheckForNull WaitingRequest request)
            throws IOException {
        if (request == null) {
            Files.deleteIfExists(new File(directory(project), staging + SUFFIX).toPath());
        } else {
            Files.createDirectories(directory(project).toPath());
            file(project, staging).change(state -> state.with(request));
        }
    }

    /** Deletes a request if it is kept. */
    public static void forget(OctopodProject project, String staging, String requestId) {
        try {
            file(project, staging).change(state -> state.without(requestId));
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "No request is kept for " + staging);
        } catch (IOException e) {
            // At the next start, Jenkins finds out whether the request was accepted.
            LOGGER.log(Level.WARNING, e, () -> "The request that waited for " + staging + " can’t be deleted");
        }
    }

    /** Returns the kept requests, by name of the staging. Reads files. */
    public static Map<String, WaitingRequest> all(OctopodProject project) {
        Map<String, WaitingRequest> kept = new TreeMap<>();
        String[] names = directory(project).list((parent, name) -> name.endsWith(SUFFIX));
        for (String name : names == null ? new String[0] : names) {
            String staging = name.substring(0, name.length() - SUFFIX.length());
            WaitingRequest request = file(project, staging).current().request();
            if (request != null) {
                kept.put(staging, request);
            }
        }
        return kept;
    }

    private static WaitingRequestFile file(OctopodProject project, String staging) {
        return new WaitingRequestFile(() -> directory(project), staging + SUFFIX);
    }

    private static File directory(OctopodProject project) {
        return new File(project.getRootDir(), DIRECTORY);
    }
}
