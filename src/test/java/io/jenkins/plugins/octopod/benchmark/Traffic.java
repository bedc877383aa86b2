package io.jenkins.plugins.octopod.benchmark;

import hudson.remoting.Channel;
import hudson.remoting.Command;
import hudson.remoting.Request;
import java.util.concurrent.atomic.LongAdder;

/** Counts what goes over the connection to an agent, either way. */
final class Traffic extends Channel.Listener {

    private final LongAdder calls = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    static Traffic on(Channel channel) {
        Traffic traffic = new Traffic();
        channel.addListener(traffic);
        return traffic;
    }

    @Override
    public void onRead(Channel channel, Command command, long blockSize) {
        count(command, blockSize);
    }

    @Override
    public void onWrite(Channel channel, Command command, long blockSize) {
        count(command, blockSize);
    }

    private void count(Command command, long blockSize) {
        bytes.add(blockSize);
        if (command instanceof Request) {
            calls.increment();
        }
    }

    /** Remote calls, by whomever. */
    long calls() {
        return calls.sum();
    }

    long bytes() {
        return bytes.sum();
    }
}
