package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import java.io.Serializable;

/** The user of a step in a Pipeline that was stored before {@link StoredStep} existed. Read only; never written. */
final class Requester implements Serializable {

    private static final long serialVersionUID = 1L;

    @CheckForNull
    @SuppressFBWarnings(value = "UWF_UNWRITTEN_FIELD", justification = "Java serialization sets it")
    private String userId;

    @CheckForNull
    String userId() {
        return userId;
    }
}
