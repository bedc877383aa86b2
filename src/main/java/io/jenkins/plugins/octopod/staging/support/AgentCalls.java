package io.jenkins.plugins.octopod.staging.support;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import io.jenkins.plugins.octopod.staging.support.FairExecutor.Owner;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import org.springframework.security.core.Authentication;

/**
 * Calls agents for callers that wait for the result: checks on demand, preflight {@code config_check} and config
 * scripts. All calls share one {@link FairExecutor} and run as SYSTEM. Thread-safe.
 */
@Extension
@ModuleInternal
public final class AgentCalls {

    private final FairExecutor executor = new FairExecutor(
            new ImpersonatingExecutorService(FairExecutor.unlimitedThreads("Octopod agent calls"), ACL.SYSTEM2),
            () -> SecuritySettings.get().getMaxAgentCalls());

    public static AgentCalls get() {
        return ExtensionList.lookupSingleton(AgentCalls.class);
    }

    /** A call that has begun, and whose result several callers may wait for. */
    public static final class AgentCall<T> {

        private final FairExecutor executor;
        private final Owner owner;
        private final FutureTask<T> task;

        private AgentCall(FairExecutor executor, Owner owner, FutureTask<T> task) {
            this.executor = executor;
            this.owner = owner;
            this.task = task;
        }

        /** Ends the call, or removes it from the queue. */
        public void cancel() {
            executor.remove(owner, task);
            task.cancel(true);
        }

        /**
         * Waits for the result. The caller must hold a permit of {@link WaitingRequestThreads}.
         *
         * @return the result; empty if there is none within the limit
         * @throws RefusalException if the call throws it
         */
        public Optional<T> await(Duration limit) throws RefusalException, InterruptedException {
            try {
                return Optional.of(task.get(limit.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (ExecutionException e) {
                throw unwrapped(e.getCause());
            }
        }
    }

    /** Returns the owner of calls by the current user. */
    public static Owner owner(String projectFullName) {
        Authentication user = Jenkins.getAuthentication2();
        return new Owner(user.equals(ACL.SYSTEM2) ? null : user.getName(), projectFullName);
    }

    /**
     * Begins a call for the current user.
     *
     * @param weight memory that the call holds while it waits, in characters
     * @param callable blocking call; never returns {@code null}, and throws no checked exceptions but
     *     {@link RefusalException} and {@link InterruptedException}
     * @throws TooManyWaitingException if too many calls of this user wait
     */
    public <T> AgentCall<T> begin(OctopodProject project, int weight, Callable<T> callable)
            throws TooManyWaitingException {
        FutureTask<T> task = new FutureTask<>(callable);
        Owner owner = owner(project.getFullName());
        try {
            executor.execute(owner, weight, task);
        } catch (RejectedExecutionException e) {
            throw new TooManyWaitingException();
        }
        return new AgentCall<>(executor, owner, task);
    }

    /**
     * Calls an agent and waits for the result. A call that exceeds the limit is ended.
     *
     * @return the result; empty if there is none within the limit
     * @throws TooManyWaitingException if too many calls of this user wait, or this thread serves an HTTP request and
     *     too many of them wait
     * @throws RefusalException if the call throws it
     */
    public <T> Optional<T> call(OctopodProject project, int weight, Duration limit, Callable<T> callable)
            throws RefusalException, InterruptedException {
        try (WaitingRequestThreads.Permit ignored = WaitingRequestThreads.acquire()) {
            AgentCall<T> call = begin(project, weight, callable);
            try {
                return call.await(limit);
            } finally {
                call.cancel();
            }
        }
    }

    /** Returns the executor, for calls without a waiting caller. */
    public FairExecutor executor() {
        return executor;
    }

    /** Ends all calls when Jenkins stops. */
    @Terminator
    public static void stop() {
        ExtensionList.lookup(AgentCalls.class).forEach(calls -> calls.executor.stop());
    }

    /** Returns or throws the exception of the call. */
    private static RuntimeException unwrapped(Throwable cause) throws RefusalException, InterruptedException {
        if (cause instanceof RefusalException refusal) {
            throw refusal;
        }
        if (cause instanceof InterruptedException interruption) {
            throw interruption;
        }
        return cause instanceof RuntimeException bug ? bug : new IllegalStateException(cause);
    }
}
