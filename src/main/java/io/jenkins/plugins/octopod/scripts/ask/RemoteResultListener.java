package io.jenkins.plugins.octopod.scripts.ask;

import java.io.NotSerializableException;
import java.io.Serializable;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * Exports a {@link ScriptResultListener} to an agent. On the agent, it calls back to the exported listener until the
 * remote call that it was sent with ends.
 */
final class RemoteResultListener implements SerializableOnlyOverRemoting {

    private static final long serialVersionUID = 1L;

    private final transient ScriptResultListener listener;

    RemoteResultListener(ScriptResultListener listener) {
        this.listener = listener;
    }

    ScriptResultListener target() {
        return listener;
    }

    private Object writeReplace() throws NotSerializableException {
        return new Sent(getChannelForSerialization().export(ScriptResultListener.class, listener));
    }

    /** Serialized form. */
    private record Sent(ScriptResultListener proxy) implements Serializable {
        private Object readResolve() {
            return new RemoteResultListener(proxy);
        }
    }
}
