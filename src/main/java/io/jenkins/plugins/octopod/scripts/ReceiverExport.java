package io.jenkins.plugins.octopod.scripts;

import java.io.NotSerializableException;
import java.io.Serializable;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Takes an {@link AnswerReceiver} to an agent: there it calls back to this one, until the call it was sent with ends. */
final class ReceiverExport implements SerializableOnlyOverRemoting {

    private static final long serialVersionUID = 1L;

    private final transient AnswerReceiver receiver;

    ReceiverExport(AnswerReceiver receiver) {
        this.receiver = receiver;
    }

    AnswerReceiver target() {
        return receiver;
    }

    private Object writeReplace() throws NotSerializableException {
        return new Sent(getChannelForSerialization().export(AnswerReceiver.class, receiver));
    }

    /** As it travels. */
    private record Sent(AnswerReceiver proxy) implements Serializable {
        private Object readResolve() {
            return new ReceiverExport(proxy);
        }
    }
}
